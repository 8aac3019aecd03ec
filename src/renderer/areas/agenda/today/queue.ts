/** The queue of Today: its lines in order, and how it looks right after something is done to it. */
import type { AgendaItem, AgendaKind, agenda as contract } from '../../../../contract/agenda/today'
import type { InputOf } from '../../../../contract/kernel/base'
import { daysUntil, isPast, localDate } from '../../../ui/dates'
import { instantOf, wallTimeOf } from '../../../ui/when/times'
import { byDay } from '../../timeline/activities/days'

export const sections = ['overdue', 'today', 'upcoming', 'done'] as const
export type Section = (typeof sections)[number]

/** What the core answers for Today. */
export interface Agenda {
  date: string
  counts: { overdue: number; today: number; upcoming: number; doneToday: number }
  overdue: AgendaItem[]
  today: AgendaItem[]
  upcoming: AgendaItem[]
  done: AgendaItem[]
}
export type Action = InputOf<(typeof contract)['act']>['action']
export interface Target {
  kind: AgendaKind
  id: string
}

export const keyOf = ({ kind, id }: Target): string => `${kind} ${id}`

export type Line =
  /** Shown where nothing is overdue and nothing left for today. */
  | { type: 'clear'; key: 'clear' }
  | { type: 'heading'; key: string; section: Section; text: string; count: number | null }
  | { type: 'item'; key: string; section: Section; item: AgendaItem }
  | { type: 'more'; key: string; section: Section; hidden: number }

const countNames = {
  overdue: 'overdue',
  today: 'today',
  upcoming: 'upcoming',
  done: 'doneToday',
} as const satisfies Record<Section, keyof Agenda['counts']>
export const countOfSection = (agenda: Agenda, section: Section): number =>
  agenda.counts[countNames[section]]

/** How many of what is due belong to plans, and are in the cadence queue too. */
export const planStepsDue = ({ overdue, today }: Agenda): number =>
  [...overdue, ...today].filter(({ about }) => about?.kind === 'plan').length

/** Headings and items in the order shown; what comes later is headed by its day, counted from the queue's. */
export function linesOf(agenda: Agenda): Line[] {
  const today = localDate(agenda.date)
  const isClear = agenda.overdue.length + agenda.today.length === 0
  const lines = sections.flatMap((section): Line[] => {
    const items = agenda[section]
    if (items.length === 0) return []
    const heading = (text: string, count: number | null): Line => ({
      type: 'heading',
      key: `${section} ${text}`,
      section,
      text,
      count,
    })
    const asLine = (item: AgendaItem): Line => ({
      type: 'item',
      key: keyOf(item),
      section,
      item,
    })
    const own =
      section === 'upcoming'
        ? byDay(items, today).flatMap((day) => [
            heading(day.heading, null),
            ...day.items.map(asLine),
          ])
        : [heading(titles[section], countOfSection(agenda, section)), ...items.map(asLine)]
    const hidden = countOfSection(agenda, section) - items.length
    return hidden > 0 ? [...own, { type: 'more', key: `${section} more`, section, hidden }] : own
  })
  return isClear ? [{ type: 'clear', key: 'clear' }, ...lines] : lines
}

const titles = { overdue: 'Overdue', today: 'Today', done: 'Done today' } as const

/** What can still be acted on, in the order shown. */
export const openItems = (agenda: Agenda): AgendaItem[] => [
  ...agenda.overdue,
  ...agenda.today,
  ...agenda.upcoming,
]

/**
 * The item that takes the place of those acted on: the next one below the first of them, else the
 * one above.
 */
export function itemAfter(shown: readonly string[], gone: ReadonlySet<string>): string | undefined {
  const first = shown.findIndex((key) => gone.has(key))
  if (first === -1) return undefined
  return (
    shown.slice(first).find((key) => !gone.has(key)) ??
    shown.slice(0, first).findLast((key) => !gone.has(key))
  )
}

/** Which part of the queue an open item belongs to; what is late today still belongs to today. */
export function sectionOf(
  item: Pick<AgendaItem, 'at' | 'day'>,
  now: Date,
): 'overdue' | 'today' | 'upcoming' {
  const days = daysUntil(item.day ?? item.at, now)
  return days < 0 ? 'overdue' : days === 0 ? 'today' : 'upcoming'
}

/** The queue as it will be once the core has done it: shown at once, replaced by its answer. */
export function afterAction(
  agenda: Agenda,
  targets: readonly Target[],
  action: Action,
  now: Date,
): Agenda {
  const meant = new Set(targets.map(keyOf))
  const next: Agenda = { ...agenda, counts: { ...agenda.counts } }
  const moved: AgendaItem[] = []
  for (const section of ['overdue', 'today', 'upcoming', 'done'] as const) {
    // What is done already is neither completed nor put off again.
    if (section === 'done' && action.type !== 'delete') continue
    const taken = agenda[section].filter((item) => meant.has(keyOf(item)))
    if (taken.length === 0) continue
    next[section] = agenda[section].filter((item) => !meant.has(keyOf(item)))
    next.counts[countNames[section]] -= taken.length
    moved.push(...taken)
  }
  if (action.type === 'delete') return next
  if (action.type === 'complete') {
    const doneAt = now.toISOString()
    next.done = [...moved.map((item) => ({ ...item, doneAt, overdue: false })), ...next.done]
    next.counts.doneToday += moved.length
    return next
  }
  for (const item of moved) {
    const later = movedTo(item, action, now)
    const section = sectionOf(later, now)
    next[section] = [...next[section], later].sort((one, other) => one.at.localeCompare(other.at))
    next.counts[section] += 1
  }
  return next
}

function movedTo(
  item: AgendaItem,
  action: Extract<Action, { type: 'snooze' | 'reschedule' }>,
  now: Date,
): AgendaItem {
  const at = action.type === 'snooze' ? action.until : instantOf(rescheduled(item, action.wallTime))
  const allDay = action.type === 'snooze' ? false : item.allDay && !action.wallTime.includes('T')
  const day = allDay && action.type === 'reschedule' ? action.wallTime : null
  return { ...item, at, allDay, day, overdue: isPast(day ?? at, now) }
}

/** A day keeps the time of day that the item has. */
const rescheduled = (item: AgendaItem, wallTime: string) =>
  wallTime.includes('T') || item.allDay ? wallTime : `${wallTime}T${wallTimeOf(item.at).slice(11)}`

/** When an item is, as the dialog for another time begins: the day alone where it has no time. */
export const wallTimeOfItem = (item: Pick<AgendaItem, 'at' | 'day'>): string =>
  item.day ?? wallTimeOf(item.at)
