/** Import of a calendar file: choose it, see what would become of each event and to-do, then take it in. */
import { Alert, Badge, Button, Group, Stack, Table, Text } from '@mantine/core'
import '@mantine/dropzone/styles.layer.css'
import { Dropzone } from '@mantine/dropzone'
import {
  IconAlertCircle,
  IconBell,
  IconCalendarDown,
  IconCalendarEvent,
  IconChecklist,
  IconWorldQuestion,
} from '@tabler/icons-react'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import type {
  CalendarEntry,
  CalendarImport,
  CalendarOutcome,
} from '../../../../contract/agenda/calendar'
import { api, client } from '../../../api'
import { useApp } from '../../../app/actions'
import { fieldErrors, messageOf } from '../../../app/problems'
import { DateText } from '../../../ui/DateText'
import { SettingsCard, SettingsFrame } from '../../../ui/settings/SettingsFrame'
import { beforeText } from '../../../ui/when/before'
import { ZonePicker } from './ZonePicker'

type Zones = Record<string, string>
interface Asked {
  file: File
  zones: Zones
}

export function ImportSection() {
  const app = useApp()
  const cache = useQueryClient()
  const [zones, setZones] = useState<Zones>({})
  const preview = useMutation({
    mutationFn: (asked: Asked) => client.calendar.import({ ...asked, dryRun: true }),
    meta: { showsProblem: true },
  })
  const take = useMutation({
    mutationFn: (asked: Asked) => client.calendar.import({ ...asked, dryRun: false }),
    onSuccess: () => void cache.invalidateQueries({ queryKey: api.calendar.key() }),
  })
  const file = preview.variables?.file
  const look = (asked: Asked) => {
    setZones(asked.zones)
    preview.mutate(asked)
  }
  return (
    <SettingsFrame
      title="Import a calendar"
      text="Events become activities, to-dos become tasks, and their alarms reminders. Nothing is changed before you have seen what would be, and the import can be undone as a whole."
      back={{ to: '/settings/calendar', label: 'Calendar files' }}
    >
      <Dropzone
        multiple={false}
        loading={preview.isPending}
        onDrop={([dropped]) => dropped && look({ file: dropped, zones: {} })}
        aria-label="Choose a calendar file, or drop one here"
        inputProps={{ 'aria-label': 'Calendar file to import' }}
        p="lg"
      >
        <Group justify="center" gap="sm">
          <IconCalendarDown size={26} stroke={1.5} aria-hidden />
          <Text>{file ? file.name : 'Drop an .ics file here, or click to choose one'}</Text>
        </Group>
      </Dropzone>
      {preview.isError && (
        <Alert color="red" variant="light" role="alert" icon={<IconAlertCircle size={18} />}>
          {fieldErrors(preview.error, ['file']).file ?? messageOf(preview.error)}
        </Alert>
      )}
      {preview.data && file && (
        <Preview
          found={preview.data}
          zones={zones}
          onZones={(next) => look({ file, zones: next })}
          busy={take.isPending || preview.isPending}
          onImport={() =>
            take.mutate({ file, zones }, { onSuccess: () => app.goTo('/settings/calendar') })
          }
        />
      )}
    </SettingsFrame>
  )
}

const texts: Record<CalendarOutcome, { label: string; color: string }> = {
  new: { label: 'new', color: 'juniper' },
  updated: { label: 'updated', color: 'blue' },
  unchanged: { label: 'unchanged', color: 'gray' },
  duplicate: { label: 'twice in the file', color: 'gray' },
  cancelled: { label: 'cancelled', color: 'amber' },
  skipped: { label: 'skipped', color: 'gray' },
  quarantined: { label: 'set aside', color: 'red' },
}
const icons = { event: IconCalendarEvent, task: IconChecklist, reminder: IconBell } as const
const shown = 200

function Preview({
  found,
  zones,
  onZones,
  busy,
  onImport,
}: {
  found: CalendarImport
  zones: Zones
  onZones(zones: Zones): void
  busy: boolean
  onImport(): void
}) {
  const { counts, entries, unknownZones, floating, recurring } = found
  const changes = counts.new + counts.updated + counts.cancelled + counts.quarantined
  return (
    <>
      {unknownZones.length > 0 && (
        <Alert color="amber" variant="light" icon={<IconWorldQuestion size={18} />}>
          <Stack gap="sm">
            <Text size="sm">
              The file names time zones that nobody knows. Until you say what they mean, their
              events are set aside.
            </Text>
            {unknownZones.map(({ name, items, suggestions }) => (
              <ZonePicker
                key={name}
                label={`“${name}” (${items} ${items === 1 ? 'event' : 'events'})`}
                value={null}
                first={suggestions}
                onChange={(zone) => zone && onZones({ ...zones, [name]: zone })}
              />
            ))}
          </Stack>
        </Alert>
      )}
      <SettingsCard
        title="What would happen"
        actions={
          <Button loading={busy} disabled={changes === 0} onClick={onImport}>
            Import
          </Button>
        }
      >
        <Group gap={6} role="status">
          {(Object.keys(texts) as CalendarOutcome[])
            .filter((outcome) => counts[outcome] > 0)
            .map((outcome) => (
              <Badge key={outcome} color={texts[outcome].color}>
                {counts[outcome]} {texts[outcome].label}
              </Badge>
            ))}
        </Group>
        {changes === 0 && <Text size="sm">Everything in it is here already.</Text>}
        {recurring.events > 0 && (
          <Text size="sm" c="dimmed">
            Recurring events are taken in from {recurring.from} to {recurring.to}, one activity for
            each occurrence.
          </Text>
        )}
        {floating.items > 0 && (
          <Text size="sm" c="dimmed">
            {floating.items} without a time zone {floating.items === 1 ? 'is' : 'are'} read as{' '}
            {floating.zone}.
          </Text>
        )}
        <Table.ScrollContainer minWidth={460}>
          <Table>
            <Table.Thead>
              <Table.Tr>
                <Table.Th>What</Table.Th>
                <Table.Th>When</Table.Th>
                <Table.Th>What becomes of it</Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {entries.slice(0, shown).map((entry) => (
                <Row
                  key={`${entry.uid} ${entry.recurrenceId} ${entry.outcome} ${entry.start}`}
                  entry={entry}
                />
              ))}
            </Table.Tbody>
          </Table>
        </Table.ScrollContainer>
        {entries.length > shown && (
          <Text size="sm" c="dimmed">
            and more: the first {shown} are shown.
          </Text>
        )}
      </SettingsCard>
    </>
  )
}

function Row({ entry }: { entry: CalendarEntry }) {
  const { label, color } = texts[entry.outcome]
  const Icon = icons[entry.kind]
  return (
    <Table.Tr>
      <Table.Td>
        <Group gap={6} wrap="nowrap">
          <Icon size={15} stroke={1.8} role="img" aria-label={entry.kind} />
          {entry.summary || 'No title'}
        </Group>
        {entry.alarms.length > 0 && (
          <Text size="xs" c="dimmed">
            Reminded {entry.alarms.map(beforeText).join(', ')}
          </Text>
        )}
      </Table.Td>
      <Table.Td>{entry.start ? <DateText value={entry.day ?? entry.start} /> : '–'}</Table.Td>
      <Table.Td>
        <Badge size="sm" color={color}>
          {label}
        </Badge>
        {entry.reason && (
          <Text size="xs" c="dimmed">
            {entry.reason}
          </Text>
        )}
      </Table.Td>
    </Table.Tr>
  )
}
