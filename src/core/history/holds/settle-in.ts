/** Before anything runs: is this the database that was here before, where it was before? */
import { realpathSync } from 'node:fs'
import type { Actor } from '../../kernel/actor'
import { forgetReplaced, openNewestBackup, openReplaced } from '../../kernel/file/replaced'
import { readWitness, writeWitness } from '../../kernel/file/witness'
import type { Kernel } from '../../kernel/kernel'
import type { Exchanged } from './carry-over'

export interface SettleInOptions {
  directory: string
  /** Names the machine; undefined where nobody knows it, and then nobody is asked. */
  machine: string | undefined
  actor: Actor
  carryOver(actor: Actor, exchanged: Exchanged): void
  report(error: unknown): void
}

export function settleIn(kernel: Kernel, options: SettleInOptions): void {
  carryOverExchange(kernel, options)
  if (options.machine !== undefined)
    checkPlace(kernel, options.machine, realpathSync(options.directory))
}

function carryOverExchange(kernel: Kernel, options: SettleInOptions): void {
  const { directory } = options
  const { database } = kernel
  const replaced = openReplaced(directory)
  const witness = readWitness(directory)
  const own = database.get<{ key: string; effects: number }>(
    'select key, effects from installation where id = 1',
  )
  const isOlder = own !== undefined && witness?.key === own.key && witness.effects > own.effects
  try {
    if (replaced)
      carryOver(kernel, options, {
        ...replaced,
        exchange: { ...replaced.exchange, from: replaced.exchange.from ?? 'file' },
      })
    else if (isOlder) {
      const backup = openNewestBackup(directory)
      try {
        carryOver(kernel, options, {
          exchange: { id: `file ${witness.effects}`, from: 'file', backup: null },
          databases: backup ? [backup.database] : [],
          isWhole: () => false,
        })
      } finally {
        backup?.close()
      }
    }
  } finally {
    replaced?.close()
  }
  if (isOlder || (replaced && own))
    database
      .prepare('update installation set effects = max(effects, ?) + 1 where id = 1')
      .run(witness?.effects ?? 0)
  const now = database.get<{ key: string; effects: number }>(
    'select key, effects from installation where id = 1',
  )
  if (now && (replaced || isOlder)) writeWitness(directory, now)
  forgetReplaced(directory)
}

/** A fault on the way must not let anything go out: then everything is asked. */
function carryOver(
  { holds, database }: Kernel,
  { carryOver, actor, report }: SettleInOptions,
  exchanged: Exchanged,
): void {
  try {
    carryOver(actor, exchanged)
  } catch (error) {
    report(error)
    try {
      carryOver(actor, { ...exchanged, databases: [], isWhole: () => false })
    } catch (again) {
      report(again)
      database.transaction(() => holds.hold('restored', { replaced: 'unreadable' }))
    }
  }
}

/** On another machine, or in another folder, it may be a copy of one that is still in use. */
function checkPlace({ database, holds }: Kernel, machine: string, folder: string): void {
  database.transaction(() => {
    const known = database.get<{ machine: string | null; folder: string | null }>(
      'select machine, folder from installation where id = 1',
    )
    if (!known) return
    if (known.machine === null) {
      database
        .prepare('update installation set machine = ?, folder = ? where id = 1')
        .run(machine, folder)
      return
    }
    const asked = holds.current().find(({ reason }) => reason === 'copied')
    const isHere = known.machine === machine && known.folder === folder
    // Back where it was: there is nothing to ask any more.
    if (isHere && asked && asked.detail.answer !== 'copied') holds.release('copied', null)
    if (!isHere) holds.hold('copied', { answer: null })
  })
}
