/** Events of calendar files that could not be read: their text and why, to be tried again or let go. */
import { Button, Code, Group, Spoiler, Stack, Text } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import type { QuarantinedItem } from '../../../../contract/agenda/calendar'
import { api } from '../../../api'
import { LoadState } from '../../../ui/LoadState'
import { SettingsCard } from '../../../ui/settings/SettingsFrame'
import { ZonePicker } from './ZonePicker'

export function QuarantineList() {
  const quarantine = useQuery(api.calendar.quarantine.list.queryOptions())
  return (
    <SettingsCard
      title="Set aside"
      text="Events of imported calendars that could not be read. Nothing of them is lost."
    >
      <LoadState query={quarantine} what="what was set aside">
        {(items) =>
          items.length === 0 ? (
            <Text size="sm" c="dimmed">
              Nothing: everything could be read.
            </Text>
          ) : (
            <Stack gap="lg">
              {items.map((item) => (
                <Item key={item.id} item={item} />
              ))}
            </Stack>
          )
        }
      </LoadState>
    </SettingsCard>
  )
}

function Item({ item }: { item: QuarantinedItem }) {
  const cache = useQueryClient()
  const [zone, setZone] = useState<string | null>(null)
  const refresh = () => cache.invalidateQueries({ queryKey: api.calendar.quarantine.key() })
  const retry = useMutation({
    ...api.calendar.quarantine.retry.mutationOptions(),
    onSuccess: refresh,
  })
  const discard = useMutation({
    ...api.calendar.quarantine.discard.mutationOptions(),
    onSuccess: refresh,
  })
  const [, zoneName] = /^its time zone “(.+)” is not known$/.exec(item.reason) ?? []
  return (
    <Stack gap={8} component="article">
      <Text size="sm" fw={500}>
        It was set aside because {item.reason}.
      </Text>
      <Spoiler maxHeight={90} showLabel="Whole text" hideLabel="Less">
        <Code block>{item.raw}</Code>
      </Spoiler>
      <Group gap={8} align="flex-end">
        {zoneName && (
          <ZonePicker label={`“${zoneName}” means`} value={zone} onChange={setZone} first={[]} />
        )}
        <Button
          variant="default"
          loading={retry.isPending}
          disabled={zoneName !== undefined && zone === null}
          onClick={() =>
            retry.mutate({ id: item.id, zones: zoneName && zone ? { [zoneName]: zone } : {} })
          }
        >
          Try again
        </Button>
        <Button
          variant="default"
          loading={discard.isPending}
          onClick={() => discard.mutate({ id: item.id })}
        >
          Discard
        </Button>
      </Group>
    </Stack>
  )
}
