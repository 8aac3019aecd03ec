/** One undoable action over many records. */
import type * as z from 'zod'
import type { Condition } from '../../../contract/kernel/conditions'
import type { BulkTarget } from '../../../contract/kernel/shapes'
import { spellingKey } from '../../../contract/kernel/spelling'
import type { Actor } from '../actor'
import type { Writer } from '../database/database'
import type { Kernel } from '../kernel'
import { actOnMany, type BulkOutcome } from './act-on-many'
import type { RecordDefinition, RecordRow } from './definition'
import type { Reading } from './reading'

export type Target = z.infer<typeof BulkTarget>

export type BulkAction<Patch> =
  | { type: 'update'; patch: Patch }
  | { type: 'delete' }
  | { type: 'restore' }
  | { type: 'addTags'; tags: string[] }
  | { type: 'removeTags'; tags: string[] }

type Change = (writer: Writer, id: string) => boolean

const verbs: Readonly<Record<BulkAction<unknown>['type'], string>> = {
  update: 'Change',
  delete: 'Delete',
  restore: 'Restore',
  addTags: 'Add tags to',
  removeTags: 'Remove tags from',
}

export function createBulk<Row extends RecordRow, Shape>(
  { database, lister }: Kernel,
  { source, table, noun, nouns }: RecordDefinition<Row, Shape>,
  {
    find,
    inTurn,
    ownOf,
    ownScope,
    trash,
    untrash,
  }: Pick<Reading<Row, Shape>, 'find' | 'inTurn' | 'ownOf' | 'ownScope'> & {
    trash: Change
    untrash: Change
  },
) {
  /** Ids of the rows a bulk action is for, as far as they are the actor's own. */
  function idsOf(actor: Actor, target: Target, trashed = false): string[] {
    if (target.where)
      return lister.ids(
        source,
        { ...withoutUndefined(target.where), actor, trashed },
        [ownScope(actor) ?? []].flat(),
      )
    return ownOf(actor, target.ids ?? [])
  }

  /**
   * @param applyUpdate changes one row; answers whether anything differed
   * @param isOneByOne whether it looks at what was done to the rows before
   */
  function bulk<Patch>(
    actor: Actor,
    { target, action }: { target: Target; action: BulkAction<Patch> },
    applyUpdate: (writer: Writer, row: Row, patch: Patch) => boolean,
    isOneByOne = false,
  ): BulkOutcome {
    const ids = idsOf(actor, target, action.type === 'restore')
    const asked = target.ids?.length ?? ids.length
    const rowOf = isOneByOne ? (id: string) => find(id) as Row : inTurn(ids)
    const apply: Change = (writer, id) => {
      switch (action.type) {
        case 'update':
          return applyUpdate(writer, rowOf(id), action.patch)
        case 'delete':
          return trash(writer, id)
        case 'restore':
          return untrash(writer, id)
        case 'addTags':
        case 'removeTags':
          return changeTags(writer, id, action)
      }
    }
    const outcome = actOnMany(database, actor, ids, {
      apply,
      isTogether: !isOneByOne,
      labelOf: ({ length }) => `${verbs[action.type]} ${length} ${length === 1 ? noun : nouns}`,
    })
    return { ...outcome, skipped: asked - outcome.changed }
  }

  function changeTags(
    writer: Writer,
    id: string,
    action: { type: 'addTags' | 'removeTags'; tags: string[] },
  ): boolean {
    const tags: string[] = JSON.parse(
      database.value<string>(`select tags from ${source.table} where id = ?`, id) ?? '[]',
    )
    const same = (one: string) => (other: string) => spellingKey(one) === spellingKey(other)
    const next =
      action.type === 'addTags'
        ? [...tags, ...action.tags.filter((tag) => !tags.some(same(tag)))]
        : tags.filter((tag) => !action.tags.some(same(tag)))
    return writer.update(table, id, { tags: next } as never)
  }

  return { idsOf, bulk }
}

function withoutUndefined(where: { q?: string | undefined; filter?: Condition | undefined }) {
  return {
    ...(where.q === undefined ? {} : { q: where.q }),
    ...(where.filter === undefined ? {} : { filter: where.filter }),
  }
}
