/** The grid of days and hours: what is where, moved and stretched by dragging. */

import FullCalendar, {
  type CalendarRef,
  type DateSelectInfo,
  type EventDisplayInfo,
  type EventInput,
} from '@fullcalendar/react'
import dayGrid from '@fullcalendar/react/daygrid'
import interaction from '@fullcalendar/react/interaction'
import classicTheme from '@fullcalendar/react/themes/classic'
import timeGrid from '@fullcalendar/react/timegrid'
import { VisuallyHidden } from '@mantine/core'
import '@fullcalendar/react/skeleton.css'
import '@fullcalendar/react/themes/classic/theme.css'
import { useEffect, useRef } from 'react'
import type { AgendaItem } from '../../../../contract/agenda/today'
import classes from './CalendarGrid.module.css'
import { type CalendarView, dateIn, wallTimeIn } from './calendarDays'
import { entryOf, type Move, moveTo, shownMinutes, stretchTo } from './calendarEntry'
import { KindIcon } from './KindIcon'

/** Where on the screen something was pressed. */
export interface Place {
  left: number
  top: number
  width: number
  height: number
}

export interface Slot {
  /** A local time, or a day alone. */
  wallTime: string
  /** Drawn over a longer time. */
  durationMinutes: number | null
}

export interface CalendarGridProps {
  view: CalendarView
  /** ISO date within what is shown. */
  date: string
  zone: string
  /** 1 for Monday to 7 for Sunday. */
  weekStart: number
  items: readonly AgendaItem[]
  editable: boolean
  /** A time was picked and is being asked about; it stays marked until then. */
  choosing: boolean
  onOpen(item: AgendaItem, place: Place): void
  onSlot(slot: Slot, place: Place): void
  /** Rejects when it cannot be moved; it goes back to where it was. */
  onMove(item: AgendaItem, move: Move): Promise<unknown>
  onDay(date: string): void
}

const plugins = [dayGrid, timeGrid, interaction, classicTheme]
const viewTypes = { day: 'timeGridDay', week: 'timeGridWeek', month: 'dayGridMonth' } as const
const noHeaders = { headerToolbar: false, footerToolbar: false } as const

export function CalendarGrid(props: CalendarGridProps) {
  const { view, date, zone, weekStart, items, editable, choosing } = props
  const calendar = useRef<CalendarRef>(null)
  const events = items.map((item) => entryOf(item, classes))
  const at = useRef({ view, date })
  useEffect(() => {
    if (at.current.view === view && at.current.date === date) return
    at.current = { view, date }
    calendar.current?.getApi().changeView(viewTypes[view], date)
  }, [view, date])
  useEffect(() => {
    if (!choosing) calendar.current?.getApi().unselect()
  }, [choosing])

  const move = (
    info: { event: { start: Date | null; extendedProps: EventInput }; revert(): void },
    target: Move,
  ) => {
    props.onMove(itemOf(info.event), target).catch(info.revert)
  }
  return (
    <div className={classes.grid} data-view={view}>
      <FullCalendar
        ref={calendar}
        {...noHeaders}
        className={classes.calendar}
        plugins={plugins}
        initialView={viewTypes[view]}
        initialDate={date}
        timeZone={zone}
        firstDay={weekStart % 7}
        height="100%"
        expandRows
        nowIndicator
        navLinks
        navLinkDayClick={(day) => props.onDay(dateIn(day, zone))}
        fixedWeekCount={false}
        dayMaxEvents
        popoverClass={`${classes.calendar} ${classes.popover}`}
        scrollTime="07:30:00"
        scrollTimeReset={false}
        // The component counts a drag in whole rows: a finer step makes it jump by one on its own.
        slotDuration={{ minutes: shownMinutes }}
        slotHeaderFormat={{ hour: 'numeric' }}
        eventTimeFormat={{ hour: 'numeric', minute: '2-digit' }}
        displayEventEnd={false}
        eventDisplay="block"
        defaultTimedEventDuration={{ minutes: shownMinutes }}
        eventMinHeight={22}
        eventShortHeight={40}
        eventInteractive
        eventMaxStack={4}
        slotEventOverlap={false}
        allDayText="All day"
        events={events}
        editable={editable}
        selectable={editable}
        selectMirror
        unselectAuto={false}
        eventContent={drawEntry}
        eventClick={({ event, el }) => {
          const { left, top, width, height } = el.getBoundingClientRect()
          props.onOpen(itemOf(event), { left, top, width, height })
        }}
        select={(selection) => props.onSlot(slotOf(selection, zone), placeOf(selection))}
        // What has a time of day keeps one: only a task knows days without.
        eventAllow={(span, moving) =>
          view === 'month' || moving === null || !span.allDay || moving.allDay
        }
        eventDrop={(info) => {
          const { start, allDay } = info.event
          if (start) move(info, moveTo(start, allDay, zone))
        }}
        eventResize={(info) => {
          const { start, end } = info.event
          if (start && end) move(info, stretchTo(start, end, zone))
        }}
      />
    </div>
  )
}

const itemOf = ({ extendedProps }: { extendedProps: EventInput }) =>
  extendedProps.item as AgendaItem

function drawEntry({ event, timeText, isShort, view }: EventDisplayInfo) {
  const item = event.extendedProps.item as AgendaItem | undefined
  // While a time is being drawn there is nothing there yet.
  if (!item) return <span className={classes.slot}>{timeText}</span>
  const oneLine = isShort || event.allDay || view.type === viewTypes.month
  return (
    <span className={classes.content} data-one-line={oneLine || undefined}>
      <KindIcon item={item} size={13} />
      <span className={classes.words}>
        {!event.allDay && <span className={classes.time}>{timeText}</span>}
        <span className={classes.title}>{event.title}</span>
        {item.doneAt && <VisuallyHidden>, done</VisuallyHidden>}
        {item.overdue && <VisuallyHidden>, overdue</VisuallyHidden>}
      </span>
    </span>
  )
}

function slotOf({ start, end, allDay }: DateSelectInfo, zone: string): Slot {
  if (allDay) return { wallTime: dateIn(start, zone), durationMinutes: null }
  const minutes = Math.round((end.getTime() - start.getTime()) / 60_000)
  return {
    wallTime: wallTimeIn(start, zone),
    durationMinutes: minutes > shownMinutes ? minutes : null,
  }
}

const placeOf = ({ jsEvent }: DateSelectInfo): Place => ({
  left: jsEvent?.clientX ?? window.innerWidth / 2,
  top: jsEvent?.clientY ?? window.innerHeight / 2,
  width: 0,
  height: 0,
})
