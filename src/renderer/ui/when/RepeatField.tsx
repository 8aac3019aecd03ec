/** How often something comes again: a usual rhythm by name, or one put together part by part. */
import { Chip, Group, Select, Stack, Text } from '@mantine/core'
import { type ReactNode, useState } from 'react'
import { DateField } from '../DateField'
import { NumberField } from '../NumberField'
import {
  type Frequency,
  frequencies,
  ordinal,
  placeName,
  places,
  type Repeat,
  readRule,
  repeatText,
  unitOf,
  usualRepeats,
  weekdayName,
  weekdayOf,
  weekdays,
  writeRule,
} from './repeat'

export interface RepeatFieldProps {
  label?: ReactNode
  'aria-label'?: string
  error?: ReactNode
  size?: 'xs' | 'sm'
  autoFocus?: boolean
  /** RRULE without its prefix. */
  value: string | null
  onChange(rule: string | null): void
  /** ISO date of the first time; the usual rhythms follow from it. */
  date: string
}

const own = 'own'

export function RepeatField(props: RepeatFieldProps) {
  const { label, error, size = 'sm', autoFocus, value, onChange, date } = props
  const usual = usualRepeats(date).map((choice) => ({
    label: choice.label,
    value: writeRule(choice.repeat, date),
    repeat: choice.repeat,
  }))
  const known = value === null || usual.some((choice) => choice.value === value)
  const [detailed, setDetailed] = useState(!known)
  const repeat = value === null ? null : readRule(value)
  const beyond = value !== null && repeat === null
  const shown = value === null ? '' : detailed || !known ? own : value
  return (
    <Stack gap={6}>
      <Select
        label={label}
        aria-label={props['aria-label']}
        error={error}
        size={size}
        autoFocus={autoFocus}
        allowDeselect={false}
        data={[
          { value: '', label: 'Does not repeat' },
          ...usual.map((choice) => ({ value: choice.value, label: choice.label })),
          { value: own, label: value && !known ? capital(repeatText(value)) : 'Another rhythm…' },
        ]}
        value={shown}
        onChange={(next) => {
          if (next === own) {
            setDetailed(true)
            onChange(value ?? usual[2]?.value ?? null)
            return
          }
          setDetailed(false)
          onChange(next || null)
        }}
      />
      {beyond && (
        <Text size="xs" c="dimmed">
          This rhythm came from elsewhere and is kept as it is: {value}
        </Text>
      )}
      {(detailed || !known) && repeat && (
        <Details
          repeat={repeat}
          date={date}
          size={size}
          onChange={(next) => onChange(writeRule(next, date))}
        />
      )}
    </Stack>
  )
}

interface DetailsProps {
  repeat: Repeat
  date: string
  size: 'xs' | 'sm'
  onChange(repeat: Repeat): void
}

function Details({ repeat, date, size, onChange }: DetailsProps) {
  const change = (part: Partial<Repeat>) => onChange({ ...repeat, ...part })
  return (
    <Stack gap={6}>
      <Group gap={6}>
        <Text size="sm">Every</Text>
        <NumberField
          size={size}
          w={64}
          aria-label="Every how many"
          min={1}
          max={999}
          allowDecimal={false}
          value={repeat.interval}
          onChange={(interval) => change({ interval: Math.max(1, interval ?? 1) })}
        />
        <Select
          size={size}
          flex="1 1 110px"
          aria-label="Days, weeks, months or years"
          allowDeselect={false}
          data={frequencies.map((frequency) => ({
            value: frequency,
            label: unitOf(frequency, repeat.interval),
          }))}
          value={repeat.frequency}
          onChange={(frequency) =>
            frequency && change({ frequency: frequency as Frequency, on: [], nth: null })
          }
        />
      </Group>
      {repeat.frequency === 'WEEKLY' && (
        <Chip.Group
          multiple
          value={repeat.on.length > 0 ? repeat.on : [weekdayOf(date)]}
          onChange={(on) =>
            on.length > 0 && change({ on: weekdays.filter((day) => on.includes(day)) })
          }
        >
          <Group gap={4} role="group" aria-label="On which days">
            {weekdays.map((day) => (
              <Chip key={day} value={day} aria-label={weekdayName(day)}>
                {weekdayName(day).slice(0, 2)}
              </Chip>
            ))}
          </Group>
        </Chip.Group>
      )}
      {repeat.frequency === 'MONTHLY' && (
        <MonthDay repeat={repeat} date={date} size={size} onChange={onChange} />
      )}
      <Ends repeat={repeat} date={date} size={size} onChange={onChange} />
    </Stack>
  )
}

/** The day of the month, or a weekday by its place. */
function MonthDay({ repeat, date, size, onChange }: DetailsProps) {
  const { nth } = repeat
  const weekday = nth?.weekday ?? weekdayOf(date)
  return (
    <Group gap={6}>
      <Select
        size={size}
        flex="1 1 128px"
        aria-label="On which day of the month"
        allowDeselect={false}
        data={[
          { value: 'day', label: `on the ${ordinal(Number(date.slice(8, 10)))}` },
          ...places.map((place) => ({ value: String(place), label: `on the ${placeName(place)}` })),
        ]}
        value={nth ? String(nth.place) : 'day'}
        onChange={(next) =>
          onChange({ ...repeat, nth: next === 'day' ? null : { place: Number(next), weekday } })
        }
      />
      {nth && (
        <Select
          size={size}
          flex="1 1 128px"
          aria-label="Weekday"
          allowDeselect={false}
          data={weekdays.map((day) => ({ value: day, label: weekdayName(day) }))}
          value={weekday}
          onChange={(next) => {
            const day = weekdays.find((name) => name === next)
            if (day) onChange({ ...repeat, nth: { place: nth.place, weekday: day } })
          }}
        />
      )}
    </Group>
  )
}

function Ends({ repeat, date, size, onChange }: DetailsProps) {
  const { ends } = repeat
  return (
    <Group gap={6}>
      <Select
        size={size}
        flex="1 1 128px"
        aria-label="When it ends"
        allowDeselect={false}
        data={[
          { value: 'never', label: 'without end' },
          { value: 'on', label: 'until' },
          { value: 'after', label: 'as many times as' },
        ]}
        value={ends.type}
        onChange={(next) =>
          onChange({
            ...repeat,
            ends:
              next === 'on'
                ? { type: 'on', date: nextYear(date) }
                : next === 'after'
                  ? { type: 'after', times: 10 }
                  : { type: 'never' },
          })
        }
      />
      {ends.type === 'on' && (
        <DateField
          size={size}
          flex="1 1 128px"
          aria-label="Last day"
          value={ends.date}
          onChange={(last) => last && onChange({ ...repeat, ends: { type: 'on', date: last } })}
        />
      )}
      {ends.type === 'after' && (
        <NumberField
          size={size}
          w={80}
          aria-label="How many times"
          min={1}
          max={9999}
          allowDecimal={false}
          value={ends.times}
          onChange={(times) =>
            onChange({ ...repeat, ends: { type: 'after', times: Math.max(1, times ?? 1) } })
          }
        />
      )}
    </Group>
  )
}

const nextYear = (date: string) => `${Number(date.slice(0, 4)) + 1}${date.slice(4)}`
const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1)
