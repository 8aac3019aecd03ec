/** When an activity happened or is planned for, how long it takes, where and which way it went. */
import { Button, Chip, Group, SegmentedControl, Stack, TextInput } from '@mantine/core'
import { IconChevronDown, IconMapPin } from '@tabler/icons-react'
import { useState } from 'react'
import { DateField, MomentField } from '../../../ui/DateField'
import { dateOf, shortText } from '../../../ui/dates'
import { NumberField } from '../../../ui/NumberField'
import { instantOf } from '../../../ui/when/times'
import {
  type ActivityDraft,
  hasDirection,
  hasDuration,
  hasPlace,
  isDeadline,
  plannedTimes,
} from './draft'

export interface ComposerDetailsProps {
  draft: ActivityDraft
  change(part: Partial<ActivityDraft>): void
  errors: Record<string, string>
}

export function ComposerDetails({ draft, change, errors }: ComposerDetailsProps) {
  const { planned } = draft
  return (
    <Group gap="xs" align="flex-start">
      {draft.type !== 'note' && (
        <SegmentedControl
          aria-label="Done or planned"
          value={planned ? 'planned' : 'done'}
          onChange={(value) => change({ planned: value === 'planned' })}
          data={[
            { value: 'done', label: 'Done' },
            { value: 'planned', label: 'Schedule' },
          ]}
        />
      )}
      {planned ? (
        <PlannedTime
          value={draft.plannedAt}
          onChange={(plannedAt) => change({ plannedAt })}
          error={errors.scheduledAt ?? errors.dueAt}
          allDay={draft.allDay}
          {...(isDeadline(draft.type) ? {} : { onAllDay: (allDay) => change({ allDay }) })}
        />
      ) : (
        <DoneTime
          value={draft.occurredAt}
          onChange={(occurredAt) => change({ occurredAt })}
          error={errors.occurredAt}
        />
      )}
      {hasDirection(draft.type) && (
        <SegmentedControl
          aria-label="Direction"
          value={draft.direction ?? 'outbound'}
          onChange={(direction) => change({ direction: direction as 'inbound' | 'outbound' })}
          data={[
            { value: 'outbound', label: 'Outgoing' },
            { value: 'inbound', label: 'Incoming' },
          ]}
        />
      )}
      {hasPlace(draft.type) && (
        <TextInput
          aria-label="Where"
          placeholder="Where"
          size="xs"
          w={170}
          maxLength={500}
          leftSection={<IconMapPin size={14} />}
          value={draft.location}
          error={errors.location}
          onChange={(event) => change({ location: event.currentTarget.value })}
        />
      )}
      {hasDuration(draft.type) && !(planned && draft.allDay) && (
        <NumberField
          aria-label="Duration in minutes"
          size="xs"
          w={104}
          placeholder="Minutes"
          suffix=" min"
          min={0}
          step={5}
          max={44640}
          allowDecimal={false}
          value={draft.durationMinutes}
          error={errors.durationMinutes}
          onChange={(durationMinutes) => change({ durationMinutes })}
        />
      )}
    </Group>
  )
}

interface TimeProps {
  value: string | null
  onChange(value: string | null): void
  error: string | undefined
}

interface PlannedTimeProps extends TimeProps {
  allDay: boolean
  /** Undefined for types that cannot take whole days. */
  onAllDay?: (allDay: boolean) => void
}

function PlannedTime({ value, onChange, error, allDay, onAllDay }: PlannedTimeProps) {
  return (
    <Stack gap={4}>
      <Group gap={8} wrap="nowrap" align="flex-start">
        {allDay ? (
          <DateField
            aria-label="Planned for"
            size="xs"
            value={value ? dateOf(new Date(value)) : null}
            onChange={(date) => onChange(date ? instantOf(`${date}T00:00`) : null)}
            error={error}
          />
        ) : (
          <MomentField
            aria-label="Planned for"
            size="xs"
            value={value}
            onChange={onChange}
            error={error}
          />
        )}
        {onAllDay && (
          <Chip
            checked={allDay}
            onChange={(on) => {
              onAllDay(on)
              // Whole days begin with the day; a time begins as people work.
              if (value) onChange(instantOf(`${dateOf(new Date(value))}T${on ? '00:00' : '09:00'}`))
            }}
          >
            All day
          </Chip>
        )}
      </Group>
      <Group gap={2}>
        {plannedTimes(new Date()).map(({ label, at }) => (
          <Button
            key={label}
            variant="subtle"
            color="gray"
            size="compact-xs"
            onClick={() => onChange(allDay ? instantOf(`${dateOf(new Date(at))}T00:00`) : at)}
          >
            {label}
          </Button>
        ))}
      </Group>
    </Stack>
  )
}

function DoneTime({ value, onChange, error }: TimeProps) {
  const [opened, setOpened] = useState(value !== null)
  if (!opened) {
    return (
      <Button
        variant="default"
        fw={450}
        rightSection={<IconChevronDown size={13} />}
        onClick={() => {
          setOpened(true)
          onChange(new Date().toISOString())
        }}
      >
        Just now
      </Button>
    )
  }
  return (
    <MomentField
      aria-label="When it happened"
      size="xs"
      value={value}
      onChange={(next) => {
        onChange(next)
        if (next === null) setOpened(false)
      }}
      error={error}
      title={value ? shortText(value, new Date(), true) : undefined}
    />
  )
}
