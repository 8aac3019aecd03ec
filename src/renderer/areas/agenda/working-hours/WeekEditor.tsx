/** The hours of a week, day by day: several spans a day, days off, one day's hours copied to others. */
import { ActionIcon, Button, Menu, Text, TextInput } from '@mantine/core'
import { IconCopy, IconPlus, IconX } from '@tabler/icons-react'
import classes from './WeekEditor.module.css'
import {
  copied,
  dayNames,
  endOf,
  everyDay,
  problemOf,
  type Span,
  spanAfter,
  typedEnd,
  type Week,
  weekdays,
  withDay,
} from './week'

export interface WeekEditorProps {
  value: Week
  onChange(week: Week): void
}

export function WeekEditor({ value, onChange }: WeekEditorProps) {
  return (
    <ul className={classes.week} aria-label="Hours of the week">
      {dayNames.map((name, day) => (
        <li key={name} className={classes.day} aria-label={name}>
          <span className={classes.name}>{name}</span>
          <Spans
            name={name}
            spans={value[day] ?? []}
            onChange={(spans) => onChange(withDay(value, day, spans))}
          />
          <Menu position="bottom-end">
            <Menu.Target>
              <ActionIcon
                className={classes.copy}
                aria-label={`Copy ${name} to other days`}
                title="Copy to other days"
              >
                <IconCopy size={15} stroke={1.6} />
              </ActionIcon>
            </Menu.Target>
            <Menu.Dropdown>
              <Menu.Item onClick={() => onChange(copied(value, day, weekdays))}>
                Copy to Monday – Friday
              </Menu.Item>
              <Menu.Item onClick={() => onChange(copied(value, day, everyDay))}>
                Copy to every day
              </Menu.Item>
            </Menu.Dropdown>
          </Menu>
        </li>
      ))}
    </ul>
  )
}

interface SpansProps {
  name: string
  spans: readonly Span[]
  onChange(spans: Span[]): void
}

function Spans({ name, spans, onChange }: SpansProps) {
  const problem = problemOf(spans)
  const next = spanAfter(spans)
  // A span has no name but its place in the day.
  const placed = spans.map((span, place) => ({ ...span, place }))
  const change = (place: number, patch: Partial<Span>) =>
    onChange(spans.map((span, at) => (at === place ? { ...span, ...patch } : span)))
  return (
    <div className={classes.spans}>
      {spans.length === 0 && (
        <Text size="sm" c="dimmed" className={classes.off}>
          Day off
        </Text>
      )}
      {placed.map(({ from, to, place }) => (
        <div key={place} className={classes.span}>
          <TextInput
            type="time"
            size="xs"
            aria-label={`${name}, from`}
            error={problem !== undefined}
            value={from}
            onChange={(event) => change(place, { from: event.currentTarget.value })}
          />
          <span aria-hidden>–</span>
          <TextInput
            type="time"
            size="xs"
            aria-label={`${name}, to`}
            error={problem !== undefined}
            value={typedEnd(to)}
            onChange={(event) => change(place, { to: endOf(event.currentTarget.value) })}
          />
          <ActionIcon
            size="sm"
            aria-label={`Remove ${from}–${to} of ${name}`}
            onClick={() => onChange(spans.filter((_, at) => at !== place))}
          >
            <IconX size={14} stroke={1.8} />
          </ActionIcon>
        </div>
      ))}
      {next &&
        (spans.length === 0 ? (
          <Button
            variant="subtle"
            color="gray"
            size="compact-xs"
            leftSection={<IconPlus size={13} />}
            aria-label={`Add hours on ${name}`}
            onClick={() => onChange([next])}
          >
            Add hours
          </Button>
        ) : (
          <ActionIcon
            size="sm"
            aria-label={`Add hours on ${name}`}
            title="Add hours"
            onClick={() => onChange([...spans, next])}
          >
            <IconPlus size={14} stroke={1.8} />
          </ActionIcon>
        ))}
      {problem && (
        <Text size="xs" c="red" role="alert" className={classes.problem}>
          {problem}
        </Text>
      )}
    </div>
  )
}
