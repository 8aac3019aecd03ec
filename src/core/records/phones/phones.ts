/**
 * Stored phone numbers are read as the workspace's country writes them. When that country changes they
 * are read again, in small portions; a setting names the country they were last read for, so that what
 * was cut short resumes when the database is opened again.
 */
import type { Actor } from '../../kernel/actor'
import { setFollowing } from '../../kernel/database/following-columns'
import type { Kernel } from '../../kernel/kernel'
import { setting } from '../../kernel/workspace/table'

/** The country that stored numbers were last read for: JSON, none where there is no row. */
const readFor = 'phoneCountry'
const rowsPerStep = 50

export function createPhones(
  { database, workspace, live, portions }: Kernel,
  options: { systemActor(): Actor; report(error: unknown): void },
) {
  let stopped = false
  let running: Promise<void> | undefined

  const lastRead = (): string | null =>
    JSON.parse(database.value<string>('select value from setting where id = ?', readFor) ?? 'null')

  /** Reads all numbers again where the country has changed. */
  function begin(): void {
    if (running || stopped || lastRead() === workspace.country()) return
    running = readAll()
      .catch(options.report)
      .finally(() => {
        running = undefined
      })
  }

  async function readAll(): Promise<void> {
    // Whoever changes the country meanwhile has all of it read once more.
    while (!stopped && lastRead() !== workspace.country()) {
      const country = workspace.country()
      for (const table of database.schema.following.keys()) await readTable(table)
      if (!stopped) note(country)
    }
  }

  async function readTable(table: string): Promise<void> {
    const numbers = (database.schema.following.get(table) ?? [])
      .map(({ column }) => column)
      .filter((column) => column.endsWith('_number'))
    const typed = numbers.map((column) => `${column.replace(/_number$/, '')} is not null`)
    if (numbers.length === 0) return
    const end = database.prepare(
      `select max(seq) from (select seq from ${table} where seq > ? order by seq limit ${rowsPerStep})`,
    )
    const read = database.prepare(
      `update ${table} set ${setFollowing(database.schema, table, numbers)} where seq > ? and seq <= ? and (${typed.join(' or ')})`,
    )
    let from: number | null = 0
    await portions.run((portion) =>
      database.transaction(() => {
        while (from !== null && !stopped) {
          const to = end.pluck().get(from) as number | null
          if (to !== null) read.run(from, to)
          from = to
          if (portion.isOver()) return true
        }
        return false
      }),
    )
    database.announce(null, { [table]: null })
  }

  function note(country: string | null): void {
    const label = country
      ? `Read phone numbers as those of ${country}`
      : 'Read phone numbers without a country'
    database.act(options.systemActor(), { label, kind: 'system' }, (writer) => {
      writer.run('delete from setting where id = ?', readFor)
      if (country !== null) writer.insert(setting, { id: readFor, value: JSON.stringify(country) })
    })
  }

  const stopListening = live.listen(({ tables }) => {
    if ('working_hours' in tables) begin()
  })

  return {
    begin,
    /** Resolves when what was begun is done. */
    settled: () => running,
    async close(): Promise<void> {
      stopped = true
      stopListening()
      await running
    },
  }
}
