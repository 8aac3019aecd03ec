/** The calendar as a phone shows it: one day under the other. */
import { Skeleton, Stack, Text, UnstyledButton } from '@mantine/core'
import { IconCalendar } from '@tabler/icons-react'
import { useEffect, useRef } from 'react'
import type { AgendaItem } from '../../../../contract/agenda/today'
import { durationText } from '../../../ui/dates'
import { EmptyState } from '../../../ui/EmptyState'
import type { Place } from './CalendarGrid'
import classes from './CalendarList.module.css'
import { dateIn, type Span, timeIn, titleOf } from './calendarDays'
import { keyOf } from './calendarEntry'
import { KindIcon } from './KindIcon'

export interface CalendarListProps {
  items: readonly AgendaItem[]
  span: Span
  zone: string
  /** ISO date. */
  today: string
  loading: boolean
  onOpen(item: AgendaItem, place: Place): void
}

export function CalendarList({ items, span, zone, today, loading, onOpen }: CalendarListProps) {
  const now = useRef<HTMLElement>(null)
  // Once for each span: what is past is above.
  useEffect(() => {
    if (!loading && span.first !== today) now.current?.scrollIntoView({ block: 'start' })
  }, [loading, span.first, today])
  if (loading) {
    return (
      <Stack gap={8} p="sm" aria-busy aria-label="Loading">
        <Skeleton height={52} radius="md" />
        <Skeleton height={52} radius="md" />
        <Skeleton height={52} radius="md" />
      </Stack>
    )
  }
  if (items.length === 0) {
    return (
      <EmptyState
        icon={IconCalendar}
        title="Nothing planned"
        text="What is planned, due or to be remembered in this time appears here."
      />
    )
  }
  const dateOf = ({ day, at }: AgendaItem) => day ?? dateIn(at, zone)
  // By their days, on each of them what takes it whole first.
  const sorted = items.toSorted(
    (one, other) =>
      dateOf(one).localeCompare(dateOf(other)) ||
      Number(one.day === null) - Number(other.day === null) ||
      Date.parse(one.at) - Date.parse(other.at),
  )
  const days = Map.groupBy(sorted, dateOf)
  return (
    <div className={classes.list}>
      {[...days].map(([date, ofDay]) => (
        <section
          key={date}
          ref={date === comingDay(days.keys(), today) ? now : undefined}
          className={classes.day}
          aria-label={titleOf('day', date, 1)}
        >
          <h2 className={classes.heading} data-today={date === today || undefined}>
            {date === today ? 'Today, ' : ''}
            {titleOf('day', date, 1)}
          </h2>
          {ofDay.map((item) => (
            <UnstyledButton
              key={keyOf(item)}
              className={classes.item}
              data-kind={item.kind}
              data-done={item.doneAt !== null || undefined}
              data-overdue={item.overdue || undefined}
              onClick={() => onOpen(item, nowhere)}
            >
              <span className={classes.time}>
                {item.allDay ? 'All day' : timeIn(item.at, zone)}
              </span>
              <span className={classes.icon}>
                <KindIcon item={item} />
              </span>
              <span className={classes.words}>
                <Text size="sm" fw={500} truncate td={item.doneAt ? 'line-through' : undefined}>
                  {item.title}
                </Text>
                <Text size="xs" c="dimmed" truncate>
                  {[
                    (item.lead ?? item.contact ?? item.company ?? item.customer)?.name,
                    item.durationMinutes && durationText(item.durationMinutes),
                  ]
                    .filter(Boolean)
                    .join(' · ')}
                </Text>
              </span>
            </UnstyledButton>
          ))}
        </section>
      ))}
    </div>
  )
}

/** Today, or the first day after it that has something. */
const comingDay = (days: Iterable<string>, today: string) => [...days].find((date) => date >= today)

const nowhere: Place = { left: 0, top: 0, width: 0, height: 0 }
