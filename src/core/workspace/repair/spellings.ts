/**
 * Tags, sources and industries that earlier versions stored in several spellings get the one that most
 * records have. In the change log as the system's own; no record counts as changed by it.
 */
import { spellingKey, uniqueTags } from '../../../contract/kernel/spelling'
import type { Actor } from '../../kernel/actor'
import type { Database, SqlValue } from '../../kernel/database/database'

export function uniteSpellings(database: Database, actor: Actor): void {
  const several = database.all<{ list: string; key: string; text: string }>(
    `select list, key, text from spelling where (list, key) in (
       select list, key from spelling group by list, key having count(*) > 1)
     order by list, key, uses desc, text`,
  )
  if (several.length === 0) return
  /** List and key → the most used spelling. */
  const best = new Map<string, string>()
  for (const { list, key, text } of several)
    if (!best.has(`${list}\0${key}`)) best.set(`${list}\0${key}`, text)
  const label = 'Give tags, sources and industries one spelling each'
  database.act(actor, { label, kind: 'system', quiet: true }, (writer) => {
    for (const [table, columns] of database.schema.spelled)
      for (const [column, list] of columns) {
        const texts = several.filter((one) => one.list === list).map(({ text }) => text)
        const spelled = (text: string) => best.get(`${list}\0${spellingKey(text)}`) ?? text
        const rows = database.all<{ id: string; value: string }>(
          `select id, ${column} as value from ${table} where ${
            column === 'tags'
              ? `tags <> '[]' and exists (select 1 from json_each(tags) where value in (select value from json_each(?)))`
              : `${column} in (select value from json_each(?))`
          }`,
          JSON.stringify(texts),
        )
        for (const { id, value } of rows) {
          const next: SqlValue =
            column === 'tags'
              ? JSON.stringify(uniqueTags((JSON.parse(value) as string[]).map(spelled)))
              : spelled(value)
          if (next !== value) writer.run(`update ${table} set ${column} = ? where id = ?`, next, id)
        }
      }
  })
}
