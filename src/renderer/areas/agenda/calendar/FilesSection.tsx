/** Calendar files in the settings: the feed's address, export of a span, import, and what could not be read. */
import { Alert, Button, Code, Group, Stack, Text } from '@mantine/core'
import { DateInput } from '@mantine/dates'
import { IconCalendarDown, IconDownload, IconRefresh } from '@tabler/icons-react'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { api, client } from '../../../api'
import { useMay } from '../../../app/session'
import { door } from '../../../door'
import { CopyLine } from '../../../ui/CopyLine'
import { DateText } from '../../../ui/DateText'
import { LoadState } from '../../../ui/LoadState'
import { saveFile } from '../../../ui/saveFile'
import { SettingsCard, SettingsFrame } from '../../../ui/settings/SettingsFrame'
import { QuarantineList } from './QuarantineList'

export function FilesSection() {
  const mayImport = useMay('import')
  const mayExport = useMay('export')
  return (
    <SettingsFrame
      title="Calendar files"
      text="What is planned here also stands in your other calendars, and what stands there comes in."
      actions={
        mayImport && (
          <Button
            leftSection={<IconCalendarDown size={16} />}
            renderRoot={(props) => <Link to="/settings/calendar/import" {...props} />}
          >
            Import a calendar
          </Button>
        )
      }
    >
      {mayExport && <Feed />}
      {mayExport && <ExportCard />}
      {mayImport && <QuarantineList />}
    </SettingsFrame>
  )
}

function Feed() {
  const cache = useQueryClient()
  const feed = useQuery(api.calendar.feed.get.queryOptions())
  const [path, setPath] = useState<string | null>(null)
  const refresh = () => cache.invalidateQueries({ queryKey: api.calendar.feed.key() })
  const renew = useMutation({
    ...api.calendar.feed.renew.mutationOptions(),
    onSuccess: (made) => {
      setPath(made.path)
      void refresh()
    },
  })
  const remove = useMutation({
    ...api.calendar.feed.remove.mutationOptions(),
    onSuccess: () => {
      setPath(null)
      void refresh()
    },
  })
  const origin = door === 'web' ? window.location.origin : 'http://127.0.0.1:4780'
  return (
    <SettingsCard
      title="Feed"
      text="An address that another calendar subscribes to: your activities, tasks and reminders from a month ago to a year ahead. Whoever knows it can read them."
    >
      <LoadState query={feed} what="the feed">
        {({ active, createdAt, lastReadAt }) => (
          <Stack gap="sm">
            {door === 'web' ? (
              <Text size="sm" c="dimmed">
                Only programs on this machine reach it, unless Rapport was started with{' '}
                <Code>--host</Code>. Calendars on the web cannot.
              </Text>
            ) : (
              <Alert color="gray" variant="light">
                The desktop program serves no address: nothing can subscribe while only this window
                runs. Start Rapport with <Code>--web</Code>, or export a file below.
              </Alert>
            )}
            {path && (
              <>
                <CopyLine label="Address to subscribe to" text={`${origin}${path}`} />
                <Text size="sm" c="dimmed">
                  Copy it now: it is not shown again.
                </Text>
              </>
            )}
            {active && !path && createdAt && (
              <Text size="sm">
                On since <DateText value={createdAt} />,{' '}
                {lastReadAt ? (
                  <>
                    last read <DateText value={lastReadAt} />.
                  </>
                ) : (
                  'not read yet.'
                )}
              </Text>
            )}
            <Group gap={8}>
              <Button
                variant={active ? 'default' : 'filled'}
                leftSection={active ? <IconRefresh size={16} /> : undefined}
                loading={renew.isPending}
                onClick={() => renew.mutate({})}
              >
                {active ? 'New address' : 'Switch on'}
              </Button>
              {active && (
                <Button
                  variant="default"
                  loading={remove.isPending}
                  onClick={() => remove.mutate({})}
                >
                  Switch off
                </Button>
              )}
            </Group>
          </Stack>
        )}
      </LoadState>
    </SettingsCard>
  )
}

function ExportCard() {
  const [from, setFrom] = useState<string | null>(null)
  const [to, setTo] = useState<string | null>(null)
  const download = useMutation({
    mutationFn: async () =>
      saveFile(
        await client.calendar.export({ ...(from && { from }), ...(to && { to }) }),
        'rapport.ics',
      ),
  })
  return (
    <SettingsCard
      title="Export"
      text="Your own activities, tasks and reminders as one .ics file; without dates from a month ago to a year ahead."
    >
      <Group gap="sm" align="flex-end">
        <DateInput label="From" clearable value={from} onChange={setFrom} w={160} />
        <DateInput label="To" clearable value={to} onChange={setTo} w={160} />
        <Button
          variant="default"
          leftSection={<IconDownload size={16} />}
          loading={download.isPending}
          onClick={() => download.mutate()}
        >
          Export
        </Button>
      </Group>
    </SettingsCard>
  )
}
