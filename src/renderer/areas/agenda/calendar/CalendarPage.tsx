/** The calendar: activities, tasks and reminders by day, week and month; on a phone as a list. */

import {
  ActionIcon,
  Alert,
  Button,
  Group,
  Loader,
  SegmentedControl,
  Text,
  Tooltip,
} from '@mantine/core'
import { IconChevronLeft, IconChevronRight, IconCloudOff, IconPlus } from '@tabler/icons-react'
import { keepPreviousData, useMutation, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { AgendaItem } from '../../../../contract/agenda/today'
import { isZone } from '../../../../contract/kernel/zones'
import { api } from '../../../api'
import { useShortcuts } from '../../../app/keyboard'
import { messageOf } from '../../../app/problems'
import { useMay, useMe, useWorkspace } from '../../../app/session'
import { EmptyState } from '../../../ui/EmptyState'
import { useMinute } from '../../../ui/Minute'
import { PageTitle } from '../../../ui/PageTitle'
import { useNarrow } from '../../../ui/useNarrow'
import { CalendarCreate } from './CalendarCreate'
import { CalendarEntry } from './CalendarEntry'
import { CalendarGrid, type Place, type Slot } from './CalendarGrid'
import { CalendarList } from './CalendarList'
import classes from './CalendarPage.module.css'
import {
  type CalendarView,
  calendarViews,
  dateIn,
  localZone,
  type Span,
  spanOf,
  stepDate,
  titleOf,
  wallTimeIn,
  weekStartOf,
} from './calendarDays'
import { keyOf, type Move } from './calendarEntry'
import { type CalendarState, useCalendarState } from './calendarState'

const viewLabels: Readonly<Record<CalendarView, string>> = {
  day: 'Day',
  week: 'Week',
  month: 'Month',
}
const weekStart = weekStartOf(navigator.language)

interface Opened {
  key: string
  place: Place
}

export default function CalendarPage() {
  const state = useCalendarState()
  const zone = useZone()
  const narrow = useNarrow()
  const mayWrite = useMay('write')
  const today = dateIn(useMinute(), zone)
  const date = state.date ?? today
  const span = spanOf(state.view, date, zone, weekStart)
  const query = useEntries(span, state.everybody)
  const reschedule = useMutation(api.agenda.act.mutationOptions())
  const [opened, setOpened] = useState<Opened | null>(null)
  const [slot, setSlot] = useState<{ slot: Slot; place: Place } | null>(null)
  const items = query.data?.items ?? none
  const shown = items.find((item) => keyOf(item) === opened?.key)

  const goTo = (day: string) => state.change({ date: day === today ? undefined : day })
  const step = (by: number) => goTo(stepDate(state.view, date, by))
  useShortcuts({
    calendarToday: () => goTo(today),
    calendarNext: () => step(1),
    calendarPrevious: () => step(-1),
    calendarRight: () => step(1),
    calendarLeft: () => step(-1),
    calendarDay: () => state.change({ view: 'day' }),
    calendarWeek: () => state.change({ view: 'week' }),
    calendarMonth: () => state.change({ view: 'month' }),
  })
  const open = (item: AgendaItem, place: Place) => setOpened({ key: keyOf(item), place })
  const move = (item: AgendaItem, { wallTime, durationMinutes }: Move) =>
    reschedule.mutateAsync({
      targets: [{ kind: item.kind, id: item.id }],
      action: {
        type: 'reschedule',
        wallTime,
        zone,
        ...(durationMinutes === undefined ? {} : { durationMinutes }),
      },
    })
  return (
    <div className={classes.page}>
      <Heading
        state={state}
        date={date}
        today={today}
        zone={zone}
        busy={query.isFetching && query.isPlaceholderData}
        onStep={step}
        onToday={() => goTo(today)}
        onCreate={
          mayWrite
            ? (place) => setSlot({ slot: nextHour(date === today ? null : date, zone), place })
            : undefined
        }
      />
      {query.data?.truncated && (
        <Text size="sm" c="dimmed" px="md" pb={6} role="status">
          Only the first {items.length.toLocaleString()} are shown; a shorter span shows the rest.
        </Text>
      )}
      {query.isError && !query.data ? (
        <EmptyState
          icon={IconCloudOff}
          title="The calendar could not be loaded"
          text={messageOf(query.error)}
        >
          <Button variant="default" onClick={() => void query.refetch()}>
            Try again
          </Button>
        </EmptyState>
      ) : narrow ? (
        <CalendarList
          items={items}
          span={span}
          zone={zone}
          today={today}
          loading={query.isPending}
          onOpen={open}
        />
      ) : (
        <CalendarGrid
          view={state.view}
          date={date}
          zone={zone}
          weekStart={weekStart}
          items={items}
          editable={mayWrite}
          choosing={slot !== null}
          onOpen={open}
          onSlot={(slot, place) => setSlot({ slot, place })}
          onMove={move}
          onDay={(day) => state.change({ view: 'day', date: day === today ? undefined : day })}
        />
      )}
      {query.isError && query.data && (
        <Alert color="red" m="sm">
          {messageOf(query.error)}
        </Alert>
      )}
      {shown && opened && (
        <CalendarEntry
          key={opened.key}
          item={shown}
          place={opened.place}
          zone={zone}
          named={state.everybody}
          editable={mayWrite}
          onMove={(moved) => move(shown, moved)}
          onClose={() => setOpened(null)}
        />
      )}
      {slot && (
        <CalendarCreate
          slot={slot.slot}
          place={slot.place}
          zone={zone}
          onClose={() => setSlot(null)}
        />
      )}
    </div>
  )
}

const none: AgendaItem[] = []

function useEntries({ from, to }: Span, everybody: boolean) {
  return useQuery(
    api.agenda.calendar.queryOptions({
      input: { from, to, everybody },
      placeholderData: keepPreviousData,
    }),
  )
}

/** The user's own zone, else the workspace's, else this machine's. */
function useZone(): string {
  const own = useMe()?.timezone
  const workspace = useWorkspace()?.timezone
  // A browser may not know a zone that was stored elsewhere.
  return [own, workspace].find((zone) => zone && isZone(zone)) ?? localZone()
}

/** @param day ISO date; null for now */
function nextHour(day: string | null, zone: string): Slot {
  const soon = wallTimeIn(new Date(Date.now() + 3_600_000), zone)
  return { wallTime: day ? `${day}T09:00` : `${soon.slice(0, 13)}:00`, durationMinutes: null }
}

interface HeadingProps {
  state: CalendarState
  date: string
  today: string
  zone: string
  busy: boolean
  onStep(by: number): void
  onToday(): void
  onCreate: ((place: Place) => void) | undefined
}

function Heading({ state, date, today, zone, busy, onStep, onToday, onCreate }: HeadingProps) {
  const role = useMe()?.role
  const span = viewLabels[state.view].toLowerCase()
  return (
    <header className={classes.heading}>
      <Group gap={2} wrap="nowrap">
        <Button variant="default" onClick={onToday} disabled={date === today && !state.date}>
          Today
        </Button>
        <Tooltip label={`Previous ${span}`}>
          <ActionIcon size="lg" aria-label={`Previous ${span}`} onClick={() => onStep(-1)}>
            <IconChevronLeft size={18} stroke={1.8} />
          </ActionIcon>
        </Tooltip>
        <Tooltip label={`Next ${span}`}>
          <ActionIcon size="lg" aria-label={`Next ${span}`} onClick={() => onStep(1)}>
            <IconChevronRight size={18} stroke={1.8} />
          </ActionIcon>
        </Tooltip>
      </Group>
      <div className={classes.name}>
        <PageTitle
          title={titleOf(state.view, date, weekStart)}
          className={classes.title}
          aria-live="polite"
        />
        {zone !== localZone() && (
          <Text size="xs" c="dimmed" className={classes.zone}>
            Times in {zone.replaceAll('_', ' ')}
          </Text>
        )}
        {busy && <Loader size={14} aria-label="Loading" />}
      </div>
      <div className={classes.tools}>
        {role && role !== 'rep' && (
          <SegmentedControl
            aria-label="Whose"
            value={state.everybody ? 'all' : 'mine'}
            onChange={(value) => state.change({ whose: value === 'all' ? 'everybody' : undefined })}
            data={[
              { value: 'mine', label: 'Mine' },
              { value: 'all', label: 'Everybody' },
            ]}
          />
        )}
        <SegmentedControl
          aria-label="What is shown at once"
          value={state.view}
          onChange={(value) => state.change({ view: value as CalendarView })}
          data={calendarViews.map((value) => ({ value, label: viewLabels[value] }))}
        />
        {onCreate && (
          <Button
            className={classes.create}
            leftSection={<IconPlus size={15} />}
            onClick={({ currentTarget }) => {
              const { left, top, width, height } = currentTarget.getBoundingClientRect()
              onCreate({ left, top, width, height })
            }}
          >
            New
          </Button>
        )}
      </div>
    </header>
  )
}
