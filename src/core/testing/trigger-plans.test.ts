/** Triggers and foreign keys find their rows on indexes: a change of one record walks through no table. */
import { describe, expect, test } from 'vitest'
import { knowledge, openTestPlans } from './plans'

/** Tables with a few rows, of which few ever go. */
const isSmall = (table: string) =>
  /^(cadence|import_file|mail_account|pipeline|session|stage|step|team|user)$/.test(table)
const scansIn = (details: string[]) =>
  details.flatMap((detail) => {
    const [, table = ''] = /^SCAN (\w+)(?!.*VIRTUAL TABLE)/.exec(detail) ?? []
    return table && table !== 'CONSTANT' && !isSmall(table) ? [detail] : []
  })

/** The statements of a trigger, with the values of its row left open. */
function statementsOf(trigger: string): string[] {
  const body = trigger.slice(trigger.search(/\bbegin\b/i) + 5, trigger.lastIndexOf('end'))
  return body
    .replace(/\b(?:new|old)\.\w+/g, '?')
    .split(/;(?=(?:[^']*'[^']*')*[^']*$)/)
    .map((statement) => statement.trim())
    .filter((statement) => statement !== '')
}

describe.each(knowledge)('on %s', (known) => {
  test('no trigger walks through a table', async () => {
    const { ask, detailsOf } = await openTestPlans(known)
    const triggers = ask<{ name: string; sql: string }>(
      `select name, sql from sqlite_schema where type = 'trigger'`,
    )
    const found: string[] = []
    let statements = 0
    for (const { name, sql } of triggers)
      for (const statement of statementsOf(sql)) {
        statements += 1
        for (const scan of scansIn(detailsOf(statement))) found.push(`${name}: ${scan}`)
      }
    expect(statements).toBeGreaterThan(triggers.length)
    expect(found).toEqual([])
  })

  test('what a deleted record is named by is found on an index', async () => {
    const { ask, detailsOf } = await openTestPlans(known)
    const links = ask<{ child: string; column: string; parent: string }>(
      `select m.name as child, f."from" as column, f."table" as parent
       from sqlite_schema m, pragma_foreign_key_list(m.name) f where m.type = 'table'`,
    ).filter(({ child, parent }) => !isSmall(child) && !isSmall(parent))
    expect(links.length).toBeGreaterThan(30)
    const found = links.filter(
      ({ child, column }) =>
        scansIn(detailsOf(`select 1 from ${child} where ${column} = ?`)).length > 0,
    )
    expect(found).toEqual([])
  })

  test('the work on a record that is handed over is found by the record', async () => {
    const { ask, detailsOf } = await openTestPlans(known)
    const triggers = ask<{ name: string; sql: string }>(
      `select name, sql from sqlite_schema where name like 'work\\_given\\_with\\_%' escape '\\'`,
    )
    expect(triggers).toHaveLength(4)
    for (const { sql } of triggers)
      for (const statement of statementsOf(sql))
        expect(detailsOf(statement).join()).not.toMatch(
          /INDEX \w+_user\b|INDEX task_(due|open|undated)/,
        )
  })
})
