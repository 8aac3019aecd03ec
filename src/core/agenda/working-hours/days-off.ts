/** Days off: those people enter or import, and the holidays of their country. */
import type { contract } from '../../../contract'
import type { DayOff, WorkingHours as Hours } from '../../../contract/agenda/working-hours'
import type { InputOf } from '../../../contract/kernel/base'
import type { Actor } from '../../kernel/actor'
import { type RowOf, toReference } from '../../kernel/database/rows'
import { invalid, notFound } from '../../kernel/errors'
import type { Kernel } from '../../kernel/kernel'
import { quoted } from '../../kernel/records/records'
import { daysOffIn, type ReadCalendar } from './calendar-file'
import { holidaysOf } from './holidays'
import { requireHolidays } from './hours'
import { dayOff } from './table'
import { addDays } from './working-time'

type Procedures = (typeof contract)['workingHours']['daysOff']
type DayOffRow = RowOf<typeof dayOff>

const mostDaysAtOnce = 366
/** Over how many years the holidays of a country are computed. */
const mostYears = 20

interface Needs {
  readCalendar: ReadCalendar
  hoursOf(userId: string | null): Hours
  /** Refuses days off of others where the actor may not change them. */
  requireOwn(actor: Actor, userId: string | null): void
}

export function createDaysOff(
  { database, clock }: Kernel,
  { readCalendar, hoursOf, requireOwn }: Needs,
) {
  function listDaysOff({
    userId,
    from,
    to,
    storedOnly,
    ...tried
  }: InputOf<Procedures['list']>): DayOff[] {
    const stored = database.all<DayOffRow & { user_name: string | null }>(
      `select day_off.*, user.name as user_name from day_off left join user on user.id = day_off.user_id
       where date >= ? and date <= ? and (user_id is null ${userId ? 'or user_id = ?' : ''})`,
      from,
      to,
      ...(userId ? [userId] : []),
    )
    const days: DayOff[] = stored.map((row) => ({
      id: row.id,
      date: row.date,
      name: row.name,
      source: row.source,
      user: toReference(row.user_id, row.user_name),
    }))
    const selected = { country: tried.country ?? null, region: tried.region ?? null }
    requireHolidays(selected)
    const { country, region } = selected.country === null ? hoursOf(userId ?? null) : selected
    if (!storedOnly && country) days.push(...holidaysBetween(country, region, from, to))
    return days.sort((one, other) => one.date.localeCompare(other.date))
  }

  /** Answers the batch, and skips those that are there already. */
  function insertDays(
    actor: Actor,
    userId: string | null,
    days: { date: string; name: string }[],
    { source, label }: { source: DayOffRow['source']; label: string },
  ) {
    let changed = 0
    let batchId: string | null = null
    database.act(actor, { label, kind: days.length > 1 ? 'bulk' : 'edit' }, (writer) => {
      for (const { date, name } of days) {
        if (
          database.get(
            'select 1 from day_off where date = ? and name = ? and user_id is ?',
            date,
            name,
            userId,
          )
        )
          continue
        writer.insert(dayOff, { userId, date, name, source })
        changed++
      }
      if (changed > 0) batchId = writer.batchId
    })
    return { changed, skipped: days.length - changed, batchId }
  }

  function addDaysOff(
    actor: Actor,
    { userId = null, from, to = from, name }: InputOf<Procedures['add']>,
  ) {
    requireOwn(actor, userId)
    if (to < from) throw invalid('to', 'must not be before the first day')
    const dates: string[] = []
    for (let date = from; date <= to; date = addDays(date, 1)) {
      if (dates.length === mostDaysAtOnce) throw invalid('to', 'must be within a year')
      dates.push(date)
    }
    return insertDays(
      actor,
      userId,
      dates.map((date) => ({ date, name })),
      { source: 'own', label: `Add days off ${quoted(name)}` },
    )
  }

  const rowOf = (id: string) => database.get<DayOffRow>('select * from day_off where id = ?', id)

  function removeDayOff(actor: Actor, id: string) {
    const row = rowOf(id)
    if (!row) throw notFound('day off')
    requireOwn(actor, row.user_id)
    database.act(actor, { label: `Remove day off ${quoted(row.name)}` }, (writer) =>
      writer.remove(dayOff, id),
    )
    return { id }
  }

  /** Those that are gone already are skipped. */
  function removeDaysOff(actor: Actor, ids: readonly string[]) {
    const rows = ids.flatMap((id) => rowOf(id) ?? [])
    for (const { user_id } of rows) requireOwn(actor, user_id)
    let batchId: string | null = null
    const [first] = rows
    if (first)
      database.act(
        actor,
        { label: `Remove days off ${quoted(first.name)}`, kind: rows.length > 1 ? 'bulk' : 'edit' },
        (writer) => {
          for (const { id } of rows) writer.remove(dayOff, id)
          batchId = writer.batchId
        },
      )
    return { changed: rows.length, skipped: ids.length - rows.length, batchId }
  }

  function importCalendar(
    actor: Actor,
    { userId = null, ics }: InputOf<Procedures['importCalendar']>,
  ) {
    requireOwn(actor, userId)
    const { days, setAside } = daysOffIn(ics, clock.now(), readCalendar)
    if (days.length === 0 && setAside.length === 0) throw invalid('ics', 'has no all-day events')
    const source = { source: 'calendar', label: 'Import days off' } as const
    return { ...insertDays(actor, userId, days, source), setAside }
  }

  return { listDaysOff, addDaysOff, removeDayOff, removeDaysOff, importCalendar }
}

/** @throws invalid where that is too long a time */
function holidaysBetween(
  country: string,
  region: string | null,
  from: string,
  to: string,
): DayOff[] {
  const [first, last] = [Number(from.slice(0, 4)), Number(to.slice(0, 4))]
  if (last - first > mostYears) throw invalid('to', `must be within ${mostYears} years`)
  const days: DayOff[] = []
  for (let year = first; year <= last; year++)
    for (const [date, name] of holidaysOf(country, region, year))
      if (date >= from && date <= to)
        days.push({ id: null, date, name, source: 'country', user: null })
  return days
}
