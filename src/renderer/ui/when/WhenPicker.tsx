/** A calendar and a clock: which day, at which time. Enter takes what is chosen. */
import { Button, Checkbox, Group, Stack, Text } from '@mantine/core'
import { DatePicker, TimePicker } from '@mantine/dates'
import { useState } from 'react'
import { snoozeChoices } from '../snooze'
import { wallTimeOf, wallTimeText } from './times'
import classes from './WhenPicker.module.css'

export interface WhenPickerProps {
  action: string
  /** `2026-11-27T15:00`, or `2026-11-27` for the day alone. */
  initial: string
  /** Offers the day alone, without a time. */
  dayAlone?: boolean
  /** Offers the usual times beside the calendar. */
  withChoices?: boolean
  onChoose(wallTime: string): void
  onCancel(): void
}

export function WhenPicker(props: WhenPickerProps) {
  const { action, initial, dayAlone = false, withChoices = false, onChoose, onCancel } = props
  const now = new Date()
  const [date, setDate] = useState(initial.slice(0, 10))
  const [time, setTime] = useState(initial.slice(11, 16) || '09:00')
  const [allDay, setAllDay] = useState(dayAlone && !initial.includes('T'))
  const chosen = allDay ? date : `${date}T${time}`
  const complete = allDay || /^\d{2}:\d{2}$/.test(time)
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        event.stopPropagation()
        if (complete) onChoose(chosen)
      }}
    >
      <div className={classes.parts} data-choices={withChoices || undefined}>
        <DatePicker
          value={date}
          defaultDate={date}
          getDayProps={(day) => (day === date ? { 'data-autofocus': true } : {})}
          onChange={(day) => day && setDate(day)}
        />
        <Stack gap="sm" className={classes.clock}>
          <TimePicker
            label="Time"
            size="sm"
            value={time}
            disabled={allDay}
            hoursInputLabel="Hours"
            minutesInputLabel="Minutes"
            onChange={(next) => setTime(next.slice(0, 5))}
          />
          {dayAlone && (
            <Checkbox
              label="Any time that day"
              checked={allDay}
              onChange={(event) => setAllDay(event.currentTarget.checked)}
            />
          )}
          {withChoices && (
            <Stack gap={2} align="flex-start">
              {snoozeChoices(now).map(({ label, at }) => (
                <Button
                  key={label}
                  variant="subtle"
                  color="gray"
                  size="compact-sm"
                  onClick={() => onChoose(allDay ? wallTimeOf(at).slice(0, 10) : wallTimeOf(at))}
                >
                  {label}
                </Button>
              ))}
            </Stack>
          )}
        </Stack>
      </div>
      <Group justify="space-between" mt="sm" gap="xs">
        <Text size="sm" fw={600} className="tabular" role="status">
          {complete ? wallTimeText(chosen, now) : 'Which time?'}
        </Text>
        <Group gap={6} wrap="nowrap" ml="auto">
          <Button variant="default" onClick={onCancel}>
            Cancel
          </Button>
          <Button type="submit" disabled={!complete}>
            {action}
          </Button>
        </Group>
      </Group>
    </form>
  )
}
