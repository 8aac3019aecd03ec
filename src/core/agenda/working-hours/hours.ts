/** Working hours as they are stored, and what the schedule counts with. */
import type { contract } from '../../../contract'
import type { WorkingHours as Hours } from '../../../contract/agenda/working-hours'
import type { InputOf } from '../../../contract/kernel/base'
import type { Actor } from '../../kernel/actor'
import { fromJson, type RowOf } from '../../kernel/database/rows'
import { invalid } from '../../kernel/errors'
import type { Kernel } from '../../kernel/kernel'
import { quoted } from '../../kernel/records/records'
import { countriesWithHolidays, holidaysOf } from './holidays'
import { workingHours } from './table'
import type { WorkingTime } from './working-time'

type HoursRow = RowOf<typeof workingHours>

const office = [{ from: '09:00', to: '17:00' }]
const defaultHours: Hours = {
  hours: [office, office, office, office, office, [], []],
  country: null,
  region: null,
}
const workspaceRow = 'workspace'

/** @throws invalid where no holidays are known of the country or region */
export function requireHolidays({ country, region }: Pick<Hours, 'country' | 'region'>) {
  if (country !== null) {
    const found = countriesWithHolidays().find(({ code }) => code === country)
    if (!found) throw invalid('country', 'must be a country with a list of holidays')
    if (region !== null && !found.regions.some(({ code }) => code === region))
      throw invalid('region', `must be a region of ${found.name}`)
  } else if (region !== null) throw invalid('region', 'needs a country')
}

interface Needs {
  /** The zone of a user; the workspace's where it has none. */
  zoneOf(userId: string | null): string
  /** Refuses hours of others where the actor may not change them. */
  requireOwn(actor: Actor, userId: string | null): void
}

export function createHours({ database }: Kernel, { zoneOf, requireOwn }: Needs) {
  const toHours = (row: HoursRow): Hours => ({
    hours: fromJson(row.hours),
    country: row.country,
    region: row.region,
  })

  function ownRow(userId: string | null): HoursRow | undefined {
    return userId === null
      ? database.get<HoursRow>('select * from working_hours where id = ?', workspaceRow)
      : database.get<HoursRow>('select * from working_hours where user_id = ?', userId)
  }

  function ownHours(userId: string | null): Hours | null {
    const row = ownRow(userId)
    return row ? toHours(row) : null
  }

  const hoursOf = (userId: string | null): Hours =>
    (userId === null ? null : ownHours(userId)) ?? ownHours(null) ?? defaultHours

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

  const whose = (userId: string | null) =>
    userId === null
      ? 'the workspace'
      : quoted(database.value<string>('select name from user where id = ?', userId) ?? '')

  function set(
    actor: Actor,
    { userId = null, ...input }: InputOf<(typeof contract)['workingHours']['set']>,
  ): Hours {
    requireOwn(actor, userId)
    requireHolidays(input)
    database.act(actor, { label: `Change working hours of ${whose(userId)}` }, (writer) => {
      const id = ownRow(userId)?.id
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

  return {
    zoneOf,
    timeOf,
    hoursOf,
    get: (userId: string | null) => ({
      own: ownHours(userId),
      effective: hoursOf(userId),
      zone: zoneOf(userId),
    }),
    /** Where the own hours are stored; undefined where there are none. */
    rowIdOf: (userId: string | null) => ownRow(userId)?.id,
    set,
    clear,
  }
}
