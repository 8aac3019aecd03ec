/**
 * One spelling for tags, lead sources and industries: what differs from an existing one in case only takes
 * the existing one. Records are the only list there is of them, so triggers count how often each spelling
 * is used.
 */
import { spellingKey, uniqueTags } from '../../../contract/kernel/spelling'
import type { Schema } from '../database/schema'

type Spelled = Pick<Schema, 'spelled'>

/** Gives a row's values of such columns, by their names in SQL, their spelling. */
export type Speller = (
  table: string,
  values: Readonly<Record<string, unknown>>,
  /** The row as it is stored: its own spelling may be changed where no other row has it. */
  stored?: Readonly<Record<string, unknown>>,
) => Record<string, unknown>

/**
 * @param find the spellings in use under a key, the most used first
 * @param isKept whether what was spelled once is remembered, for rows that are not written yet
 */
export function createSpeller(
  { spelled: columns }: Spelled,
  find: (list: string, key: string) => { text: string; uses: number }[],
  isKept = false,
): Speller {
  const kept = new Map<string, string>()

  function spelled(list: string, text: string, own: readonly string[]): string {
    const key = spellingKey(text)
    const name = `${list}\0${key}`
    const known = kept.get(name)
    if (known !== undefined) return known
    const others = find(list, key)
      .map((one) => (own.includes(one.text) ? { ...one, uses: one.uses - 1 } : one))
      .filter(({ uses }) => uses > 0)
      .sort((one, other) => other.uses - one.uses)
    const found = others[0]?.text ?? text.normalize('NFC')
    if (isKept) kept.set(name, found)
    return found
  }

  return (table, values, stored) => {
    const result: Record<string, unknown> = {}
    for (const [column, list] of columns.get(table) ?? []) {
      const value = values[column]
      const before = stored?.[column]
      if (Array.isArray(value)) {
        const own: string[] = typeof before === 'string' ? JSON.parse(before) : []
        result[column] = uniqueTags(value.map((tag) => spelled(list, String(tag), own)))
      } else if (typeof value === 'string' && value !== '')
        result[column] = spelled(list, value, typeof before === 'string' ? [before] : [])
    }
    return result
  }
}

/**
 * SQL that answers the spellings under a list and a key, the most used first. The plus has it compiled once, instead of
 * for each value.
 */
export const spellingsSql =
  'select text, uses from spelling where list = +? and key = +? order by uses desc, text'

/** SQL that answers every text that a column of a list may hold. */
export const spelledTexts = (list: string) =>
  `select text from spelling where list = '${list}' union all values ('')`

// Counting --------------------------------------------------------------------------------------

/** A row may hold what is no list of tags until it is repaired. */
const tagsOf = (row: string) => `json_each(iif(json_valid(${row}.tags), ${row}.tags, '[]'))`

/** SQL of the spellings of a column in a row. */
const usesOf = (column: string, row: string) =>
  column === 'tags'
    ? `select distinct spelling_key(value) as key, value as text from ${tagsOf(row)} where type = 'text'`
    : `select spelling_key(${row}.${column}) as key, ${row}.${column} as text where coalesce(${row}.${column}, '') <> ''`

const isUsed = (column: string, row: string) =>
  column === 'tags' ? `${row}.tags <> '[]'` : `coalesce(${row}.${column}, '') <> ''`

/** SQL that creates the triggers. */
export function spellingTriggers({ spelled }: Spelled): string[] {
  return [...spelled].flatMap(([table, columns]) =>
    columns.flatMap(([column, list]) => {
      const add = `insert into spelling (list, key, text, uses)
        select '${list}', key, text, 1 from (${usesOf(column, 'new')}) where true
        on conflict (list, key, text) do update set uses = uses + 1;`
      const subtract = `update spelling set uses = uses - 1
          where list = '${list}' and (key, text) in (${usesOf(column, 'old')});
        delete from spelling where list = '${list}' and uses <= 0 and (key, text) in (${usesOf(column, 'old')});`
      const name = `spelling_${table}_${column}`
      return [
        `create trigger ${name}_insert after insert on ${table} when ${isUsed(column, 'new')} begin ${add} end`,
        `create trigger ${name}_update after update of ${column} on ${table}
          when old.${column} is not new.${column} begin ${subtract} ${add} end`,
        `create trigger ${name}_delete after delete on ${table} when ${isUsed(column, 'old')} begin ${subtract} end`,
      ]
    }),
  )
}

/** SQL that recounts everything. */
export const recountSpellings = ({ spelled }: Spelled): string[] => [
  'delete from spelling',
  ...[...spelled].flatMap(([table, columns]) =>
    columns.map(
      ([column, list]) => `insert into spelling (list, key, text, uses)
        select '${list}', spelling_key(text), text, uses from (
          ${
            column === 'tags'
              ? `select tag.value as text, count(distinct ${table}.seq) as uses from ${table}, ${tagsOf(table)} tag
                 where ${table}.tags <> '[]' and tag.type = 'text' group by 1`
              : `select ${column} as text, count(*) as uses from ${table} where coalesce(${column}, '') <> '' group by 1`
          }
        ) where true on conflict (list, key, text) do update set uses = uses + excluded.uses`,
    ),
  ),
]
