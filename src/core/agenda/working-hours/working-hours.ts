/** Working hours and days off of the workspace and its users. */
import type * as z from 'zod'
import type { contract } from '../../../contract'
import type { DayOff, WorkingHours as Hours } from '../../../contract/agenda/working-hours'
import type { InputOf } from '../../../contract/kernel/base'
import type { Actor } from '../../kernel/actor'
import { seesAll } from '../../kernel/authorisation'
import { fromJson, type RowOf, toReference } from '../../kernel/database/rows'
import { forbidden, invalid, notFound } from '../../kernel/errors'
import type { Kernel } from '../../kernel/kernel'
import { quoted } from '../../kernel/records/records'
import { knownZone } from '../../kernel/time/zone'
import { requireLinks } from '../../records/links/links'
import { daysOffIn, type ReadCalendar } from './calendar-file'
import { countriesWithHolidays, holidaysOf } from './holidays'
import { dayOff, workingHours } from './table'
import { addDays, type WorkingTime } from './working-time'

export {
  addDays,
  type Fit,
  firstFit,
  instantOf,
  isWorkingDay,
  localOf,
  spansOf,
  type WorkingTime,
  weekdayOf,
} from './working-time'

/** SQL of the country whose phone numbers are written without a country code. */
export const phoneCountry = `(select country from working_hours where id = 'workspace')`

export type WorkingHours = ReturnType<typeof createWorkingHours>
type Procedures = (typeof contract)['workingHours']
type SetInput = InputOf<Procedures['set']>
type HoursRow = RowOf<typeof workingHours>
type DayOffRow = RowOf<typeof dayOff> & { user_name: string | null }

const office = [{ from: '09:00', to: '17:00' }]
const defaultHours: Hours = {
  hours: [office, office, office, office, office, [], []],
  country: null,
  region: null,
}
const workspaceRow = 'workspace'
const mostDaysAtOnce = 366
/** Over how many years the holidays of a country are worked out. */
const mostYears = 20

export function createWorkingHours(
  { database, clock, workspace }: Kernel,
  { readCalendar }: { readCalendar: ReadCalendar },
) {
  const toHours = (row: HoursRow): Hours => ({
    hours: fromJson(row.hours),
    country: row.country,
    region: row.region,
  })

  function ownHours(userId: string | null): Hours | null {
    const row =
      userId === null
        ? database.get<HoursRow>('select * from working_hours where id = ?', workspaceRow)
        : database.get<HoursRow>('select * from working_hours where user_id = ?', userId)
    return row ? toHours(row) : null
  }

  /** Where the own hours are stored; undefined where there are none. */
  const rowIdOf = (userId: string | null): string | undefined =>
    userId === null
      ? database.value<string>('select id from working_hours where id = ?', workspaceRow)
      : database.value<string>('select id from working_hours where user_id = ?', userId)

  const hoursOf = (userId: string | null): Hours =>
    (userId === null ? null : ownHours(userId)) ?? ownHours(null) ?? defaultHours

  /** A user's zone; the workspace's where it has none. */
  function zoneOf(userId: string | null): string {
    const zone = userId
      ? database.value<string | null>('select timezone from user where id = ?', userId)
      : null
    return knownZone(zone, workspace.timezone())
  }

  let known = { stamp: -1, times: new Map<string, WorkingTime>() }

  /** What the schedule counts with, kept until hours, days off, zones or settings change. */
  function timeOf(userId: string | null): WorkingTime {
    const stamp = database.stampOf('working_hours day_off user setting')
    if (known.stamp !== stamp) known = { stamp, times: new Map() }
    const key = userId ?? ''
    let time = known.times.get(key)
    if (!time) {
      time = readTime(userId)
      known.times.set(key, time)
    }
    return time
  }

  function readTime(userId: string | null): WorkingTime {
    const { hours, country, region } = hoursOf(userId)
    const stored = new Map(
      database
        .all<{ date: string; name: string }>(
          'select date, name from day_off where user_id is null or user_id = ?',
          userId,
        )
        .map(({ date, name }) => [date, name]),
    )
    return {
      zone: zoneOf(userId),
      hours,
      dayOff: (date) =>
        stored.get(date) ??
        (country ? holidaysOf(country, region, Number(date.slice(0, 4))).get(date) : undefined),
    }
  }

  /** A rep sets its own; managers and admins anybody's and the workspace's. */
  function requireOwn(actor: Actor, userId: string | null) {
    requireLinks(database, { userId: ['user', userId] })
    if (!seesAll(actor) && userId !== actor.userId)
      throw forbidden('Only a manager may change the working time of others.')
  }

  const whose = (userId: string | null) =>
    userId === null
      ? 'the workspace'
      : quoted(database.value<string>('select name from user where id = ?', userId) ?? '')

  function requireHolidays({ country, region }: Pick<Hours, 'country' | 'region'>) {
    if (country !== null) {
      const found = countriesWithHolidays().find(({ code }) => code === country)
      if (!found) throw invalid('country', 'must be a country with a list of holidays')
      if (region !== null && !found.regions.some(({ code }) => code === region))
        throw invalid('region', `must be a region of ${found.name}`)
    } else if (region !== null) throw invalid('region', 'needs a country')
  }

  function set(actor: Actor, { userId = null, ...input }: SetInput): Hours {
    requireOwn(actor, userId)
    requireHolidays(input)
    database.act(actor, { label: `Change working hours of ${whose(userId)}` }, (writer) => {
      const id = rowIdOf(userId)
      if (id) writer.update(workingHours, id, input)
      else
        writer.insert(workingHours, {
          ...(userId === null && { id: workspaceRow }),
          userId,
          ...input,
        })
    })
    return hoursOf(userId)
  }

  function clear(actor: Actor, userId: string): Hours {
    requireOwn(actor, userId)
    database.act(actor, { label: `Reset working hours of ${whose(userId)}` }, (writer) =>
      writer.run('delete from working_hours where user_id = ?', userId),
    )
    return hoursOf(userId)
  }

  // Days off ------------------------------------------------------------------------------------

  function listDaysOff({
    userId,
    from,
    to,
    storedOnly,
    ...tried
  }: InputOf<Procedures['daysOff']['list']>): DayOff[] {
    const stored = database.all<DayOffRow>(
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
    const chosen = { country: tried.country ?? null, region: tried.region ?? null }
    requireHolidays(chosen)
    const { country, region } = chosen.country === null ? hoursOf(userId ?? null) : chosen
    const [first, last] = [Number(from.slice(0, 4)), Number(to.slice(0, 4))]
    if (!storedOnly && country && last - first > mostYears)
      throw invalid('to', `must be within ${mostYears} years`)
    if (!storedOnly && country)
      for (let year = first; year <= last; year++)
        for (const [date, name] of holidaysOf(country, region, year))
          if (date >= from && date <= to)
            days.push({ id: null, date, name, source: 'country', user: null })
    return days.sort((one, other) => one.date.localeCompare(other.date))
  }

  type Day = z.infer<typeof DayOff>['source']
  function insertDays(
    actor: Actor,
    userId: string | null,
    days: { date: string; name: string }[],
    { source, label }: { source: Exclude<Day, 'country'>; label: string },
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
    { userId = null, from, to = from, name }: InputOf<Procedures['daysOff']['add']>,
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

  function removeDayOff(actor: Actor, id: string) {
    const row = database.get<RowOf<typeof dayOff>>('select * from day_off where id = ?', id)
    if (!row) throw notFound('day off')
    requireOwn(actor, row.user_id)
    database.act(actor, { label: `Remove day off ${quoted(row.name)}` }, (writer) =>
      writer.remove(dayOff, id),
    )
    return { id }
  }

  /** Those that are gone already are skipped. */
  function removeDaysOff(actor: Actor, ids: readonly string[]) {
    const rows = ids.flatMap(
      (id) => database.get<RowOf<typeof dayOff>>('select * from day_off where id = ?', id) ?? [],
    )
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
    { userId = null, ics }: InputOf<Procedures['daysOff']['importCalendar']>,
  ) {
    requireOwn(actor, userId)
    const { days, setAside } = daysOffIn(ics, clock.now(), readCalendar)
    if (days.length === 0 && setAside.length === 0) throw invalid('ics', 'has no all-day events')
    const source = { source: 'calendar', label: 'Import days off' } as const
    return { ...insertDays(actor, userId, days, source), setAside }
  }

  return {
    zoneOf,
    timeOf,
    get: (userId: string | null) => ({
      own: ownHours(userId),
      effective: hoursOf(userId),
      zone: zoneOf(userId),
    }),
    rowIdOf,
    set,
    clear,
    listDaysOff,
    addDaysOff,
    removeDayOff,
    removeDaysOff,
    importCalendar,
    countries: countriesWithHolidays,
  }
}
