/** Distinct sources, lost reasons and tags in use, the most used first. */
import type { Clause } from '../../kernel/database/clause'
import type { Database } from '../../kernel/database/database'

/** @param scope which leads are counted; all where undefined */
export function facetsOf(database: Database, scope: Clause | undefined) {
  const where = scope ? `and ${scope.sql}` : ''
  const parameters = scope?.parameters ?? []
  const column = (name: string) =>
    database
      .all<{ value: string }>(
        `select ${name} as value from lead where deleted_at is null and ${name} is not null ${where}
         group by ${name} order by count(*) desc limit 200`,
        ...parameters,
      )
      .map((row) => row.value)
  return {
    sources: column('source'),
    lostReasons: column('lost_reason'),
    tags: database
      .all<{ value: string }>(
        `select tag.value as value from (
           select lead.tags, count(*) as leads from lead
           where lead.deleted_at is null and lead.tags <> '[]' ${where} group by lead.tags) used,
           json_each(used.tags) tag
         group by tag.value order by sum(used.leads) desc limit 200`,
        ...parameters,
      )
      .map((row) => row.value),
  }
}
