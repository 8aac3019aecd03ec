/** When Rapport keeps quiet: hours of the day, and whole days of the week. */
import { Group, Stack, Switch, TextInput } from '@mantine/core'
import type { NotificationSettings } from '../../../../contract/background/notifications'
import { SettingsCard } from '../../../ui/settings/SettingsFrame'
import { useTyped } from '../../../ui/useTyped'
import { WeekdayChips } from '../../../ui/WeekdayChips'
import type { ChangeSettings } from './changeSettings'

type Hours = NotificationSettings['quietHours']

export interface QuietHoursProps {
  stored: Hours
  onChange: ChangeSettings
}

export function QuietHours({ stored, onChange }: QuietHoursProps) {
  const change = (part: Partial<Hours>, before: Partial<Hours> = {}) =>
    onChange({
      quietHours: { ...stored, ...part },
      basedOn: { quietHours: { ...stored, ...before } },
    })
  return (
    <SettingsCard
      title="Quiet hours"
      text="What comes up meanwhile waits in the bell, and reaches you when they end."
      actions={
        <Switch
          aria-label="Quiet hours"
          checked={stored.on}
          onChange={(event) => change({ on: event.currentTarget.checked })}
        />
      }
    >
      {stored.on && (
        <Stack gap="md">
          <Group gap="sm">
            <TimeField
              label="From"
              value={stored.from}
              onChange={(from, before) => change({ from }, { from: before })}
            />
            <TimeField
              label="To"
              value={stored.to}
              onChange={(to, before) => change({ to }, { to: before })}
            />
          </Group>
          <WeekdayChips
            label="Quiet all day"
            value={stored.days}
            onChange={(days) => change({ days })}
          />
        </Stack>
      )}
    </SettingsCard>
  )
}

interface TimeFieldProps {
  label: string
  /** As 22:00. */
  value: string
  onChange(value: string, before: string): void
}

/** Saved once it is left: half a time is none. */
function TimeField({ label, value, onChange }: TimeFieldProps) {
  const typed = useTyped(value)
  return (
    <TextInput
      type="time"
      label={label}
      w={130}
      value={typed.value}
      onChange={(event) => typed.type(event.currentTarget.value)}
      onBlur={() => {
        if (typed.value && typed.value !== typed.before) onChange(typed.value, typed.before)
        typed.forget()
      }}
    />
  )
}
