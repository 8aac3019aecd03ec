/**
 * Which fields a condition reaches from a record: its own, its custom fields, and those of the records it
 * refers to, by a path: `company.industry` of a lead, `lead.company.custom.tier` of an activity. Of a
 * record that whoever asks may not see, only the name is known, as it is shown beside what refers to it;
 * everything else counts as no value.
 */
import type { Actor } from '../actor'
import type { Clause } from '../database/clause'
import { invalid } from '../errors'
import type { RowScope } from '../records/write-rights'
import type { CustomFields, Field, Fields } from './field'

/** What can be asked of the rows of a table. */
export interface Source {
  /** Base table. */
  table: string
  /** SQL of the joins that its fields need; none of them doubles a row. */
  joins: string
  fields: Fields
  /** SQL of the JSON column of custom fields, where the table has one. */
  custom?: string
}

/** A kind of record that others refer to. */
export interface Referred {
  source: Source
  scope: RowScope
  /** The field by which it is shown beside what refers to it. */
  shownBy: string
}

/** Whose rows count, under the name that the table has in the SQL of a field. */
interface Visibility {
  table: string
  alias: string
  scope: Clause
}

/** A field of a record or of one that it refers to. */
export interface ReachedField extends Field {
  /** SQL of whether whoever asks may know the value; undefined where that is sure. It may be null. */
  visible?: Clause
}

export interface Reach {
  /** @throws invalid where there is no such field */
  fieldOf(source: Source, name: string, actor: Actor): ReachedField
  /**
   * The joins of a source that some SQL needs: those it mentions, those they need in turn, and inner
   * ones, which let only some rows through. SQLite leaves out superfluous joins by itself, but not
   * where it counts or sums.
   */
  joinsFor(source: Source, sql: string): string
}

/** How many references a path may follow. */
const mostSteps = 2

/** @param referred the kinds of records by the names that `of` of a field has */
export function createReach(
  referred: (kind: string) => Referred | undefined,
  customField: CustomFields,
): Reach {
  const joins = new Map<Source, Join[]>()

  function fieldOf(source: Source, name: string, actor: Actor): ReachedField {
    const found = reachedFrom(source, name, actor, mostSteps)
    if (found === undefined) throw invalid('filter', `there is no field ${name}`)
    const [first, ...more] = found.visible.map(clauseOf)
    if (first === undefined) return found.field
    const visible = {
      sql: [first, ...more].map(({ sql }) => `(${sql})`).join(' and '),
      parameters: [first, ...more].flatMap(({ parameters }) => parameters),
    }
    return { ...found.field, visible }
  }

  function reachedFrom(
    source: Source,
    name: string,
    actor: Actor,
    steps: number,
  ): { field: Field; visible: Visibility[] } | undefined {
    const own = ownField(source, name)
    if (typeof own === 'object') return { field: own, visible: [] }
    const [first = '', ...rest] = (own ?? name).split('.')
    const wanted = rest.join('.')
    const reference = wanted === '' || steps === 0 ? undefined : ownField(source, first)
    if (typeof reference !== 'object' || reference.of === undefined) return undefined
    const target = referred(reference.of)
    const found = target && reachedFrom(target.source, wanted, actor, steps - 1)
    if (target === undefined || found === undefined) return undefined
    const alias = aliasOf(source, first, reference)
    const names = namesUnder(joinsWithin(target.source, steps - 1), target.source, alias)
    const scope = wanted === target.shownBy ? undefined : target.scope(actor)
    return {
      field: renamedField(found.field, names),
      visible: [
        ...(scope ? [{ table: target.source.table, alias, scope }] : []),
        ...found.visible.map((one) => ({ ...one, alias: names.get(one.alias) ?? one.alias })),
      ],
    }
  }

  /** A field of the record itself, or the path of the one that its name stands for. */
  function ownField({ table, fields, custom }: Source, name: string): Field | string | undefined {
    if (Object.hasOwn(fields, name)) return fields[name]
    const key = /^custom\.([a-z][a-z0-9_]{0,59})$/.exec(name)?.[1]
    if (key === undefined || custom === undefined) return undefined
    return customField(table, key) ?? { sql: `json_extract(${custom}, '$.${key}')`, type: 'text' }
  }

  function joinsFor(source: Source, sql: string): string {
    const needed: string[] = []
    const mentioned = new Set(namesIn(sql))
    for (const join of allJoins(source).toReversed()) {
      if (join.isLeft && !mentioned.has(join.alias)) continue
      needed.unshift(sqlOf(join))
      for (const name of namesIn(join.on)) mentioned.add(name)
    }
    return needed.join(' ')
  }

  function allJoins(source: Source): Join[] {
    const known = joins.get(source)
    if (known) return known
    const found = joinsWithin(source, mostSteps)
    joins.set(source, found)
    return found
  }

  /**
   * Its own joins, and those that lead to what its fields refer to in so many steps, each after those
   * that it needs.
   */
  function joinsWithin(source: Source, steps: number): Join[] {
    const own = ownJoins(source)
    if (steps === 0) return own
    const further = Object.entries(source.fields).flatMap(([name, field]): Join[] => {
      if (typeof field !== 'object' || field.of === undefined) return []
      const target = referred(field.of)?.source
      if (target === undefined) return []
      const alias = aliasOf(source, name, field)
      const on = `${alias}.id = ${field.sql}`
      const inner = joinsWithin(target, steps - 1)
      const names = namesUnder(inner, target, alias)
      return [
        ...(own.some((join) => join.alias === alias)
          ? []
          : [{ table: target.table, alias, isLeft: true, on }]),
        ...inner.map((join) => ({
          table: join.table,
          alias: names.get(join.alias) ?? join.alias,
          isLeft: true,
          on: renamed(join.on, names),
        })),
      ]
    })
    return [...own, ...further]
  }

  return { fieldOf, joinsFor }
}

/** What a source and its joins are called where it is joined to another by this alias. */
const namesUnder = (
  joins: readonly Join[],
  source: Source,
  alias: string,
): ReadonlyMap<string, string> =>
  new Map([
    ...joins.map((join) => [join.alias, `${alias}_${join.alias}`] as const),
    [source.table, alias],
  ])

interface Join {
  table: string
  alias: string
  /** Whether it lets every row through. */
  isLeft: boolean
  on: string
}

const sqlOf = ({ table, alias, isLeft, on }: Join): string =>
  `${isLeft ? 'left ' : ''}join ${table}${alias === table ? '' : ` ${alias}`} on ${on}`

const ownJoins = ({ joins }: Source): Join[] =>
  [...joins.matchAll(/(left )?join (\w+) (?:(\w+) )?on (.+?)(?=\s+(?:left )?join |\s*$)/gs)].map(
    ([, left, table = '', alias = table, on = '']) => ({
      table,
      alias,
      isLeft: left !== undefined,
      on,
    }),
  )

/** What the record that a field refers to is called in SQL: a join of the source's own may lead there. */
const aliasOf = (source: Source, name: string, { sql }: Field): string =>
  ownJoins(source).find(({ alias, on }) => on === `${alias}.id = ${sql}`)?.alias ?? `of_${name}`

/** The tables and joins that some SQL names before a column. */
const namesIn = (sql: string): string[] =>
  [...sql.matchAll(/(\w+)\./g)].flatMap(([, name]) => name ?? [])

/** SQL in which tables and joins are called otherwise. */
const renamed = (sql: string, names: ReadonlyMap<string, string>): string =>
  sql.replace(/(?<!\w)([a-z]\w*)\./g, (_, name) => `${names.get(name) ?? name}.`)

const clauseOf = ({ table, alias, scope }: Visibility): Clause => ({
  ...scope,
  sql: renamed(scope.sql, new Map([[table, alias]])),
})

function renamedField(field: Field, names: ReadonlyMap<string, string>): Field {
  const { sql, day, folded, number } = field
  return {
    ...field,
    sql: renamed(sql, names),
    ...(day === undefined ? {} : { day: renamed(day, names) }),
    ...(folded === undefined ? {} : { folded: renamed(folded, names) }),
    ...(number === undefined ? {} : { number: renamed(number, names) }),
  }
}
