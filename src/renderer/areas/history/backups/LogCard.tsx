/** What the change log takes, how long it is kept, and that people were erased from it. */
import { DataList, Select, Stack, Text } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { api } from '../../../api'
import { useMay, useWorkspace } from '../../../app/session'
import { bytesText } from '../../../ui/bytes'
import { DateText } from '../../../ui/DateText'
import { LoadState } from '../../../ui/LoadState'
import { SettingsCard } from '../../../ui/settings/SettingsFrame'
import { CopyList } from './copies'

const forEver = 'forever'
const choices = [
  { value: forEver, label: 'For ever' },
  { value: '365', label: '1 year' },
  { value: '730', label: '2 years' },
  { value: '1825', label: '5 years' },
]

export function LogCard() {
  const size = useQuery(api.changes.size.queryOptions())
  return (
    <SettingsCard
      title="History"
      text="Who changed what and when: what undo and each record’s history are made from."
    >
      <LoadState query={size} what="the size of the history">
        {({ entries, bytes, since }) => (
          <DataList size="sm" labelWidth={130}>
            <DataList.Item>
              <DataList.ItemLabel>Size</DataList.ItemLabel>
              <DataList.ItemValue>
                About {bytesText(bytes)}, {entries.toLocaleString()}{' '}
                {entries === 1 ? 'entry' : 'entries'}
              </DataList.ItemValue>
            </DataList.Item>
            {since && (
              <DataList.Item>
                <DataList.ItemLabel>Since</DataList.ItemLabel>
                <DataList.ItemValue>
                  <DateText value={since} />
                </DataList.ItemValue>
              </DataList.Item>
            )}
          </DataList>
        )}
      </LoadState>
      <Retention />
    </SettingsCard>
  )
}

function Retention() {
  const cache = useQueryClient()
  const mayConfigure = useMay('configure')
  const days = useWorkspace()?.logDays
  const save = useMutation({
    ...api.settings.updateWorkspace.mutationOptions(),
    onSuccess: (saved) => {
      cache.setQueryData(api.settings.workspace.queryKey(), saved)
      notifications.show({ message: 'Setting saved' })
    },
  })
  if (days === undefined) return null
  const value = days === null ? forEver : String(days)
  const known = choices.some((choice) => choice.value === value)
  return (
    <Select
      label="Keep history"
      description="Older entries are deleted at night, once there is a backup. What they changed stays, but cannot be undone. The file does not shrink; the space is used again."
      data={known ? choices : [...choices, { value, label: `${value} days` }]}
      value={value}
      allowDeselect={false}
      disabled={!mayConfigure || save.isPending}
      onChange={(chosen) =>
        chosen !== null &&
        save.mutate({
          logDays: chosen === forEver ? null : Number(chosen),
          basedOn: { logDays: days },
        })
      }
      maw={320}
    />
  )
}

/** For those who may erase: how often it was done, and what still holds the data. */
export function ErasedCard() {
  const mayErase = useMay('configure')
  const mayRemove = useMay('administer')
  const erased = useQuery({ ...api.erasures.list.queryOptions(), enabled: mayErase })
  const [last] = erased.data?.items ?? []
  if (!erased.data || !last) return null
  const { items, backups, quarantined } = erased.data
  return (
    <SettingsCard
      title="Erased contacts"
      text="They and their addresses are gone from the database. Who erased them, and when, stays on record."
    >
      <Stack gap="md">
        <Text size="sm">
          {items.length === 1 ? '1 contact' : `${items.length.toLocaleString()} contacts`} erased,
          the last <DateText value={last.at} />
          {last.by && ` by ${last.by.name}`}.
        </Text>
        {(backups.length > 0 || quarantined.length > 0) && (
          <CopyList copies={{ backups, quarantined }} mayRemove={mayRemove} />
        )}
      </Stack>
    </SettingsCard>
  )
}
