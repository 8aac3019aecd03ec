/**
 * Stored values that something depends on and that can be none: a zone that does not exist, an
 * instant outside of the calendar, JSON that does not parse, a word that is none of its list. Doors
 * refuse them all, but another program, an earlier version or a fault may have written them, and no
 * value may lock anybody out of the data. Each repair says which rows it is for and what they get.
 */
import { getTableColumns } from 'drizzle-orm'
import type { ZodType } from 'zod'
import { WeeklyHours } from '../../../contract/agenda/working-hours'
import { isZone } from '../../../contract/kernel/zones'
import { MailQuietHours } from '../../../contract/outreach/accounts'
import type { SqlValue } from '../../kernel/database/database'
import type { Schema } from '../../kernel/database/schema'
import { checkedRecurrence } from '../../kernel/time/recurrence'

/** Rows of one column that are to be set right. */
export interface Repair {
  table: string
  column: string
  /** SQL that holds for a value that can be none. */
  isBroken: string
  /** SQL of what is there afterwards. */
  becomes: string
}

/** Functions that the SQL of repairs calls. */
export const repairFunctions: Record<string, (...values: SqlValue[]) => number> = {
  is_zone: (zone) => (typeof zone === 'string' && isZone(zone) ? 1 : 0),
  is_recurrence: (rule, at) => {
    try {
      return checkedRecurrence(String(rule), String(at)) === '' ? 0 : 1
    } catch {
      return 0
    }
  },
  is_weekly_hours: (json) => fits(WeeklyHours, json),
  is_quiet_hours: (json) => fits(MailQuietHours, json),
}

function fits(shape: ZodType, json: SqlValue | undefined): number {
  try {
    return shape.safeParse(JSON.parse(String(json))).success ? 1 : 0
  } catch {
    return 0
  }
}

const text = (value: string): string => `'${value.replaceAll("'", "''")}'`
const workspaceZone = `coalesce((select json_extract(value, '$') from setting where id = 'timezone'), 'UTC')`

/** In this order: what comes later may build on what came before. */
export const repairs = (schema: Schema): Repair[] => [
  ...settings,
  ...zones,
  ...instants(schema),
  ...wallTimes,
  ...recurrences,
  ...json(),
  ...words(schema),
]

const settings: Repair[] = [
  { table: 'setting', column: 'value', isBroken: 'not json_valid(value)', becomes: `'null'` },
  {
    table: 'setting',
    column: 'value',
    isBroken: `id = 'timezone' and case when json_valid(value) then not is_zone(json_extract(value, '$')) else 1 end`,
    becomes: `'"UTC"'`,
  },
  { table: 'preference', column: 'value', isBroken: 'not json_valid(value)', becomes: `'null'` },
]

const zones: Repair[] = [
  ...['user', 'contact'].map((table) => ({
    table,
    column: 'timezone',
    isBroken: 'timezone is not null and not is_zone(timezone)',
    becomes: 'null',
  })),
  {
    table: 'activity',
    column: 'zone',
    isBroken: 'zone is not null and not is_zone(zone)',
    becomes: 'null',
  },
  ...['task', 'reminder'].map((table) => ({
    table,
    column: 'zone',
    isBroken: 'zone is not null and not is_zone(zone)',
    becomes: workspaceZone,
  })),
]

/** The years 1 to 9999: what can be written down and read again. */
const firstInstant = Date.parse('0001-01-01T00:00:00Z')
const lastInstant = Date.parse('9999-12-31T23:59:59Z')

function instants(schema: Schema): Repair[] {
  return schema.logged.flatMap(({ name, table }) =>
    Object.values(getTableColumns(table))
      .filter(
        (column) =>
          column.dataType === 'number' &&
          column.generated === undefined &&
          /(^|_)(at|until|after)$/.test(column.name),
      )
      .map((column) => ({
        table: name,
        column: column.name,
        isBroken: `${column.name} not between ${firstInstant} and ${lastInstant}`,
        // Never in the future: nothing is to come due through a repair but what was due before.
        becomes: column.notNull ? `cast(unixepoch('subsec') * 1000 as integer)` : 'null',
      })),
  )
}

const localTime = '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'
const isLocal = (column: string) =>
  `(${column} glob '${localTime}' or ${column} glob '${localTime}T[0-9][0-9]:[0-9][0-9]') and datetime(${column}) is not null`
const wallTimes: Repair[] = [
  {
    table: 'task',
    column: 'wall_time',
    isBroken: `wall_time is not null and not (${isLocal('wall_time')})`,
    becomes: `strftime('%Y-%m-%dT%H:%M', due_at / 1000, 'unixepoch')`,
  },
  {
    table: 'reminder',
    column: 'wall_time',
    isBroken: `not (${isLocal('wall_time')})`,
    becomes: `strftime('%Y-%m-%dT%H:%M', remind_at / 1000, 'unixepoch')`,
  },
]

const recurrences: Repair[] = ['task', 'reminder'].flatMap((table) => [
  {
    table,
    column: 'occurrence',
    isBroken: `occurrence is not null and not (${isLocal('occurrence')})`,
    becomes: 'wall_time',
  },
  {
    table,
    column: 'recurrence',
    isBroken: `recurrence is not null and not is_recurrence(recurrence, coalesce(occurrence, wall_time, '2026-01-01'))`,
    becomes: 'null',
  },
])

const isNot = (column: string, type: 'array' | 'object') =>
  `${column} is not null and case when json_valid(${column}) then json_type(${column}) <> '${type}' else 1 end`

/** Lists and objects that are read with every row; where one is broken, an empty one takes its place. */
function json(): Repair[] {
  const lists = {
    company: ['tags'],
    contact: ['tags'],
    lead: ['tags'],
    customer: ['tags'],
    quote: ['lines'],
    cadence_version: ['steps'],
    plan_step: ['moved'],
    email_message: ['blanks', 'problems'],
    custom_field: ['choices'],
    notification: ['items'],
  }
  const objects = {
    company: ['custom'],
    contact: ['custom'],
    lead: ['custom'],
    customer: ['custom'],
    activity: ['metadata'],
    cadence: ['settings'],
    saved_view: ['state'],
  }
  const of = (columns: Record<string, string[]>, type: 'array' | 'object') =>
    Object.entries(columns).flatMap(([table, names]) =>
      names.map((column) => ({
        table,
        column,
        isBroken: isNot(column, type),
        becomes: type === 'array' ? `'[]'` : `'{}'`,
      })),
    )
  const office = [{ from: '09:00', to: '17:00' }]
  const week = [office, office, office, office, office, [], []]
  const quiet = { on: true, from: '20:00', to: '08:00', days: [6, 7] }
  return [
    ...of(lists, 'array'),
    ...of(objects, 'object'),
    {
      table: 'cadence_version',
      column: 'settings',
      isBroken: isNot('settings', 'object'),
      becomes: 'null',
    },
    {
      table: 'working_hours',
      column: 'hours',
      isBroken: 'not is_weekly_hours(hours)',
      becomes: text(JSON.stringify(week)),
    },
    {
      table: 'mail_account',
      column: 'quiet_hours',
      isBroken: 'not is_quiet_hours(quiet_hours)',
      becomes: text(JSON.stringify(quiet)),
    },
  ]
}

/** What takes the place of an unknown word where the column has no word of its own: always the one that does least. */
const least: Record<string, string> = {
  'email_message.state': 'drafted',
  'plan.state': 'aborted',
  'mail_account.security': 'starttls',
  'custom_field.type': 'text',
  'activity_template.direction': 'outbound',
  'opt_out.source': 'own',
}

/** Words of a list that is part of the program: states, kinds, roles, priorities. */
function words(schema: Schema): Repair[] {
  return schema.logged.flatMap(({ name, table }) =>
    Object.values(getTableColumns(table)).flatMap((column) => {
      const values = column.enumValues
      if (!values || values.length === 0) return []
      const own = typeof column.default === 'string' ? column.default : undefined
      const other = own ?? least[`${name}.${column.name}`]
      if (other === undefined && column.notNull) return []
      return [
        {
          table: name,
          column: column.name,
          isBroken: `${column.name} not in (${values.map(text).join(', ')})`,
          becomes: other === undefined || !values.includes(other) ? 'null' : text(other),
        },
      ].filter(({ becomes }) => becomes !== 'null' || !column.notNull)
    }),
  )
}
