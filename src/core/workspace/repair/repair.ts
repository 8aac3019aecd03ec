/** What is set right when a database is opened, before anything works with it. */
import type { Actor } from '../../kernel/actor'
import type { Database } from '../../kernel/database/database'
import type { Kernel } from '../../kernel/kernel'
import { thisSystem } from './earlier-digits'
import { bringToIsoDigits, type Triggers } from './money-digits'
import { uniteSpellings } from './spellings'
import { type Repair, repairFunctions, repairs } from './stored-values'

export { createAmounts } from './amounts'
export { digitsSetting, storedDigits } from './money-digits'

/**
 * No repair keeps anybody from the data: one that fails is reported, and one in which the thread
 * stopped before is left out while jobs are paused.
 * @param suspicious whether the file may hold what no door of this version took: it was not closed
 * whole by Rapport, or came from an earlier version
 */
export function repairOnOpening(
  { database, watch }: Kernel,
  actor: Actor,
  {
    suspicious,
    triggers,
    report,
  }: { suspicious: boolean; triggers: Triggers; report: (error: unknown) => void },
): void {
  const repair = (name: string, work: () => void) => {
    const stoppedHere = watch.restarts().some((restart) => restart.work?.name === name)
    if (watch.isPaused() && stoppedHere) return
    try {
      watch.during({ kind: 'start', name }, work)
    } catch (error) {
      report(error)
    }
  }
  if (suspicious) repair('stored_values', () => repairStoredValues(database, actor, report))
  if (suspicious) repair('spellings', () => uniteSpellings(database, actor))
  repair('money_digits', () => bringToIsoDigits(database, actor, { now: thisSystem(), triggers }))
}

/**
 * All in one transaction, in the change log as the system's own. A repair that fails leaves its rows
 * as they are: it must not keep the others back, nor the database from opening.
 */
function repairStoredValues(
  database: Database,
  actor: Actor,
  report: (error: unknown) => void,
): void {
  for (const [name, check] of Object.entries(repairFunctions))
    database.connection.function(name, { deterministic: true, varargs: true }, check)
  const wanted = neededOf(database, repairs(database.schema))
  if (wanted.length === 0) return
  let count = 0
  database.act(actor, { label: 'Repair values', kind: 'system' }, (writer) => {
    for (const { table, column, isBroken, becomes } of wanted)
      try {
        database.connection.transaction(() => {
          count += writer.run(`update ${table} set ${column} = ${becomes} where ${isBroken}`)
        })()
      } catch (error) {
        report(error)
      }
    writer.label = `Repair ${count === 1 ? 'a value' : `${count} values`} that could not be read`
  })
}

/** Those repairs that have a row to mend. Each table is read once, however many repairs it has. */
function neededOf(database: Database, all: Repair[]): Repair[] {
  const isNeeded = (table: string, repairs: Repair[]) =>
    database.connection
      .prepare(
        `select ${repairs.map(({ isBroken }) => `max(${isBroken})`).join(', ')} from ${table}`,
      )
      .raw()
      .get() as (number | null)[]
  const found = new Set<Repair>()
  for (const [table, ofTable] of Map.groupBy(all, (repair) => repair.table)) {
    const needed = isNeeded(table, ofTable)
    ofTable.forEach((repair, index) => {
      if (needed[index]) found.add(repair)
    })
  }
  return all.filter((repair) => found.has(repair))
}
