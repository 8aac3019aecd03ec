/** The trash: what was deleted by hand, until it is restored or purged. */
import type { TrashKind } from '../../../contract/kernel/words'
import type { Actor } from '../../kernel/actor'
import type { SqlValue, Writer } from '../../kernel/database/database'
import type { Kernel } from '../../kernel/kernel'
import type { InPortions } from '../../kernel/portions/portions'
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

/** Records in one transaction at most. */
const mostAtOnce = 500

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
  const { database, clock, holds, portions } = kernel
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
  async function purgeExpired(actor: Actor, inPortions: InPortions): Promise<number> {
    if (holds.isHeld('clock')) return 0
    const before = clock.now() - graceOf(kernel)
    const upTo = backedUp.upTo()
    const rows = portions.learn(mostAtOnce)
    let batchId: string | undefined
    let purged = 0

    function purgePortion(kind: string): boolean {
      const most = rows.units()
      const ids = database
        .all<{ id: string }>(
          `select id from ${kind} where deleted_at is not null and deleted_at < ?
             and not exists (select 1 from change where change.row_id = ${kind}.id and change.seq > ?) limit ?`,
          ...[before, upTo, most],
        )
        .map(({ id }) => id)
      if (ids.length === 0) return false
      const action = { label: 'Empty the trash of expired records', kind: 'system' } as const
      const remove = (writer: Writer) => {
        batchId = writer.batchId
        const from = lastChange()
        purged += writer.run(
          `delete from ${kind} where id in (select value from json_each(?))`,
          JSON.stringify(ids),
        )
        erasures.redactDeleted(writer, 'expired', from)
      }
      rows.time(ids.length, () =>
        database.act(actor, { ...action, ...(batchId && { batchId }) }, remove),
      )
      return ids.length === most
    }

    for (const kind of purgedInOrder) await inPortions(() => purgePortion(kind))
    return purged + erasures.eraseExpired(actor, upTo)
  }

  const lastChange = () =>
    Number(database.value<number>('select coalesce(max(seq), 0) from change') ?? 0)

  return { list: createTrashList(kernel, ownScopes), restore, purge, purgeExpired, backedUp }
}
