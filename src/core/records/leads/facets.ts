/** Distinct sources, lost reasons and tags in use, the most used first. */
import type { Clause } from '../../kernel/database/clause'
import type { Json } from '../../kernel/database/columns'
import type { Database } from '../../kernel/database/database'
import { fromJson } from '../../kernel/database/rows'

/** As many as a filter offers. */
const mostChoices = 200

interface Used<Value = string> {
  value: Value
  leads: number
}

/** @param scope which leads are counted; all where undefined */
export function facetsOf(database: Database, scope: Clause | undefined) {
  const used = scope ? usedWithin(database, scope) : usedByAll(database)
  const tags = used.tags.flatMap(({ value, leads }) =>
    fromJson(value).map((tag) => ({ value: tag, leads })),
  )
  return {
    sources: mostUsed(used.sources),
    lostReasons: mostUsed(used.lostReasons),
    tags: mostUsed(tags),
  }
}

interface UsedValues {
  sources: Used[]
  lostReasons: Used[]
  /** Few sets of tags are shared by many leads. */
  tags: Used<Json<string[]>>[]
}

/** From the kept count of spellings, which has leads in the trash too, and along indexes. */
function usedByAll(database: Database): UsedValues {
  const counted = <Value>(column: string, where: string) =>
    database.all<Used<Value>>(
      `select ${column} as value, count(*) as leads from lead where ${where} group by ${column}`,
    )
  const inTrash = counted<string>('source', 'deleted_at is not null and source is not null')
  return {
    sources: [
      ...database.all<Used>(
        `select text as value, uses as leads from spelling where list = 'source'`,
      ),
      ...inTrash.map(({ value, leads }) => ({ value, leads: -leads })),
    ],
    lostReasons: counted('lost_reason', 'deleted_at is null and lost_reason is not null'),
    tags: counted('tags', `deleted_at is null and tags <> '[]'`),
  }
}

/** Looked at once for all three. */
function usedWithin(database: Database, scope: Clause): UsedValues {
  const rows = database.all<{
    source: string | null
    lost_reason: string | null
    tags: Json<string[]>
    leads: number
  }>(
    `select source, lost_reason, tags, count(*) as leads from lead where deleted_at is null and ${scope.sql}
     group by source, lost_reason, tags`,
    ...scope.parameters,
  )
  return {
    sources: rows.flatMap(({ source: value, leads }) => (value === null ? [] : { value, leads })),
    lostReasons: rows.flatMap(({ lost_reason: value, leads }) =>
      value === null ? [] : { value, leads },
    ),
    tags: rows.map(({ tags: value, leads }) => ({ value, leads })),
  }
}

function mostUsed(used: readonly Used[]): string[] {
  const counts = new Map<string, number>()
  for (const { value, leads } of used) counts.set(value, (counts.get(value) ?? 0) + leads)
  return [...counts]
    .filter(([, leads]) => leads > 0)
    .sort(
      ([one, leads], [other, others]) => others - leads || (one < other ? -1 : one > other ? 1 : 0),
    )
    .slice(0, mostChoices)
    .map(([value]) => value)
}
