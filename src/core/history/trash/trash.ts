/** The trash: what was deleted by hand, until it is restored or purged. */
import type { TrashKind } from '../../../contract/kernel/words'
import type { Actor } from '../../kernel/actor'
import type { SqlValue, Writer } from '../../kernel/database/database'
import type { Kernel } from '../../kernel/kernel'
import type { BulkOutcome } from '../../kernel/records/records'
import type { Erasures } from '../erasures/erasures'
import type { BackedUp } from './backed-up'
import { createTrashList, graceOf, type OwnScopes, standsAlone } from './trash-list'

export type Trash = ReturnType<typeof createTrash>
type Items = { kind: TrashKind; id: string }[]

/** What goes with its parent first. */
const purgedInOrder = [
  'reminder',
  'task',
  'activity',
  'quote',
  'lead',
  'customer',
  'company',
  'cadence',
] as const

export interface TrashNeeds {
  /** What people wrote about a record and did not save goes with it. */
  forgetDrafts(ids: ReadonlySet<string>): unknown
  /** The rows of each kind that an actor may bring back. */
  ownScopes: OwnScopes
  erasures: Pick<Erasures, 'eraseContacts' | 'eraseExpired' | 'redactDeleted'>
  backedUp: BackedUp
}

export function createTrash(
  kernel: Kernel,
  { forgetDrafts, ownScopes, erasures, backedUp }: TrashNeeds,
) {
  const { database, clock, holds } = kernel
  function visible(actor: Actor, { kind, id }: Items[number]): boolean {
    const own = ownScopes[kind](actor)
    const clauses = ['id = ?', 'deleted_at is not null', ...standsAlone(database.schema, kind)]
    if (own) clauses.push(own.sql)
    return (
      database.get(
        `select 1 from ${kind} where ${clauses.join(' and ')}`,
        id,
        ...(own?.parameters ?? []),
      ) !== undefined
    )
  }

  function restore(actor: Actor, items: Items): BulkOutcome {
    return forEachVisible(actor, items, 'Restore', (run, { kind, id }, now) =>
      run(`update ${kind} set deleted_at = null, updated_at = ? where id = ?`, now, id),
    )
  }

  /**
   * For good: traces on timelines lose their link, as the foreign keys say, and the log loses what the
   * records said. Of people nothing is left anywhere; answers which copies of the database still hold them.
   */
  async function purge(actor: Actor, items: Items) {
    const people = items.filter((item) => item.kind === 'contact' && visible(actor, item))
    const purged = new Set<string>()
    const others = forEachVisible(
      actor,
      items.filter(({ kind }) => kind !== 'contact'),
      'Delete for good',
      (run, { kind, id }) => {
        purged.add(id)
        return run(`delete from ${kind} where id = ?`, id)
      },
      (writer) => void erasures.redactDeleted(writer, 'purged'),
    )
    forgetDrafts(purged)
    const { erased, backups, quarantined } = await erasures.eraseContacts(
      actor,
      people.map(({ id }) => id),
      'purged',
    )
    const changed = others.changed + erased
    return { ...others, changed, skipped: items.length - changed, backups, quarantined }
  }

  function forEachVisible(
    actor: Actor,
    items: Items,
    verb: string,
    work: (
      run: (sql: string, ...parameters: SqlValue[]) => number,
      item: Items[number],
      now: number,
    ) => number,
    finish: (writer: Writer) => void = () => {},
  ): BulkOutcome {
    let changed = 0
    let batchId: string | null = null
    const kind = verb === 'Restore' ? 'bulk' : 'system'
    database.act(actor, { label: verb, kind }, (writer) => {
      for (const item of items)
        if (visible(actor, item)) changed += work(writer.run, item, writer.now)
      finish(writer)
      writer.label = `${verb}: ${changed} ${changed === 1 ? 'record' : 'records'}`
      batchId = changed > 0 ? writer.batchId : null
    })
    return { changed, skipped: items.length - changed, batchId }
  }

  /**
   * Purges what has been in the trash for longer than the workspace keeps it, as far as a backup has
   * it; nothing while nobody knows whether the clock is right. Answers how many.
   */
  function purgeExpired(actor: Actor): number {
    if (holds.isHeld('clock')) return 0
    const before = clock.now() - graceOf(kernel)
    const upTo = backedUp.upTo()
    const isExpired = (kind: string) =>
      `deleted_at is not null and deleted_at < ?
       and not exists (select 1 from change where change.row_id = ${kind}.id and change.seq > ?)`
    // Asked first: to compile a deletion with all that hangs on it takes milliseconds at every start.
    const due = purgedInOrder.filter(
      (kind) =>
        database.get(`select 1 from ${kind} where ${isExpired(kind)} limit 1`, before, upTo) !==
        undefined,
    )
    let purged = 0
    if (due.length > 0)
      database.act(
        actor,
        { label: 'Empty the trash of expired records', kind: 'system' },
        (writer) => {
          for (const kind of due)
            purged += writer.run(`delete from ${kind} where ${isExpired(kind)}`, before, upTo)
          erasures.redactDeleted(writer, 'expired')
        },
      )
    return purged + erasures.eraseExpired(actor, upTo)
  }

  return { list: createTrashList(kernel, ownScopes), restore, purge, purgeExpired, backedUp }
}
