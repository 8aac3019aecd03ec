/**
 * What happens when another file has taken the database's place: everything that goes out is held,
 * and what the one before knows is carried over, in one transaction and before anything can run.
 */
import type { Actor } from '../../kernel/actor'
import type { Writer } from '../../kernel/database/database'
import type { Replaced, ReplacedDatabase } from '../../kernel/file/replaced'
import type { Kernel } from '../../kernel/kernel'
import type { RestoredDetail } from './holds'

export interface CarryOverNeeds {
  /** Access that was taken away since stays taken away. */
  access(writer: Writer, databases: readonly ReplacedDatabase[]): void
  /** What was typed and not saved is kept. To be called in a transaction. */
  drafts(databases: readonly ReplacedDatabase[]): void
  /** What was erased since is erased again: it must not come back with a backup. */
  erasures(databases: readonly ReplacedDatabase[]): number
  messages(
    writer: Writer,
    databases: readonly ReplacedDatabase[],
    isWhole: () => boolean,
  ): { sent: number; unknown: number; takenBack: number }
  optOuts(writer: Writer, databases: readonly ReplacedDatabase[]): number
  notifications(databases: readonly ReplacedDatabase[]): number
}

interface Home {
  key: string
  machine: string | null
  folder: string | null
  is_copy: number
  effects: number
  last_seen: number | null
}

/** Whoever took part in an exchange of files that is not carried over yet. */
export type Exchanged = Pick<Replaced, 'databases' | 'isWhole'> & {
  exchange: { id: string; from: 'backup' | 'empty' | 'file'; backup: string | null }
}

export function createCarryOver({ database, holds }: Kernel, needs: CarryOverNeeds) {
  /** May be done again: the same exchange is carried over once. */
  return function carryOver(actor: Actor, exchanged: Exchanged): void {
    const { exchange, databases, isWhole } = exchanged
    const done = database.value<string | null>('select carried_over from installation where id = 1')
    if (done === exchange.id) return
    const label = 'Carry over what went out since the backup'
    database.act(actor, { label, kind: 'system' }, (writer) => {
      needs.access(writer, databases)
      // Before the erasures, which end those of a person.
      needs.drafts(databases)
      needs.erasures(databases)
      // Opt-outs first: they end what must not continue.
      const optOuts = needs.optOuts(writer, databases)
      const messages = needs.messages(writer, databases, isWhole)
      const notifications = needs.notifications(databases)
      carryHome(databases)
      if (!isWhole()) writer.run('update installation set ask_until = ? where id = 1', writer.now)
      const detail: RestoredDetail = {
        from: exchange.from,
        backupAt: exchange.backup === null ? null : instantOf(exchange.backup),
        replaced: isWhole()
          ? 'read'
          : exchanged.databases.length > 0
            ? 'in_part'
            : exchange.from === 'file'
              ? 'none'
              : 'unreadable',
        carried: { ...messages, optOuts, notifications },
      }
      holds.release('restored', null)
      holds.hold('restored', { ...detail })
      writer.run('update installation set carried_over = ? where id = 1', exchange.id)
    })
  }

  /** Where the database is at home, and how far it was. A copy that was given a name of its own is another one. */
  function carryHome(databases: readonly ReplacedDatabase[]): void {
    for (const from of databases) {
      const [theirs] = from.all<Home>(
        'select key, machine, folder, is_copy, effects, last_seen from installation',
      )
      if (!theirs) continue
      database
        .prepare(
          `update installation set effects = max(effects, ?),
             last_seen = nullif(max(coalesce(last_seen, 0), coalesce(?, 0)), 0) where id = 1`,
        )
        .run(theirs.effects, theirs.last_seen)
      database
        .prepare(
          `update installation set machine = ?, folder = ?, is_copy = ?
           where id = 1 and key = ? and ? is not null`,
        )
        .run(theirs.machine, theirs.folder, theirs.is_copy, theirs.key, theirs.machine)
    }
  }
}

/** When a backup was made, as its name says. */
function instantOf(name: string): number | null {
  const [, day, hours, minutes, seconds, milliseconds] =
    /^rapport-(\d{4}-\d{2}-\d{2})T(\d{2})-(\d{2})-(\d{2})-(\d{3})Z/.exec(name) ?? []
  return day === undefined
    ? null
    : Date.parse(`${day}T${hours}:${minutes}:${seconds}.${milliseconds}Z`)
}
