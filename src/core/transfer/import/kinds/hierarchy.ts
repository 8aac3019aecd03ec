/**
 * Records that refer to others of their kind: a parent company, a manager. In a file of our own, where all keep their
 * order, the other may come further down and is linked when it comes; in any other it is made by its name until then.
 */
import type { SQLiteTable } from 'drizzle-orm/sqlite-core'
import { ownValue } from '../../../../contract/kernel/own-value'
import { nameKey, tidyName } from '../../format/names'
import { follow, type Link, type ReferredTable } from '../lookups/link'
import { type Recognition, saying, token } from '../recognise/recognise'
import type { Columns, RowStore, StoredRow } from '../runs/row-store'
import type { ImportRow, KindContext, KindImport } from './import-kind'
import { createRowLinks } from './row-links'
import { createRefusal } from './row-problems'

type Values<Field extends string> = { [Key in Field | `${Field}Id`]?: string } & {
  id?: string
  name?: string
}

export function createHierarchy<Field extends string>(
  context: Pick<KindContext, 'mapping' | 'lookups' | 'ownIds' | 'state'>,
  recognition: Pick<Recognition<Values<Field>>, 'named' | 'tokens'>,
  {
    noun,
    table,
    field,
    label,
    words,
    mayMake = true,
    mayLink = () => true,
    stub,
  }: {
    noun: ReferredTable
    table: SQLiteTable
    /** The field that names the other record; the table has it as `<field>Id`. */
    field: Field
    label: string
    words: {
      /** The message for a row that names itself. */
      itself: string
      /** The message for a name in the trash. */
      trashed: string
    }
    mayMake?: boolean
    mayLink?(id: string, to: string): boolean
    /** What is known of a record that only a name is known of, besides the name. */
    stub: Columns
  },
) {
  const { mapping, lookups, ownIds, state } = context
  const { refer } = createRowLinks(context)
  const refuse = createRefusal(mapping)
  const idField = `${field}Id` as const

  /** A record of this kind by its id, those of the same file among them. */
  function identified(id: string, rows: RowStore): Link {
    const [added] = rows.added(token('id', id))
    if (added) return { id: added.id }
    const row = lookups.storedById(noun, id)
    if (!row) return undefined
    return row.deleted_at === null
      ? { id: row.id }
      : { refused: `names a ${noun} in the trash: restore it or purge it` }
  }

  /** The other record may have a row of its own further down: until then it has only its name. */
  function named(name: string, given: string | undefined, rows: RowStore): Link {
    const scope = noun === 'company' ? lookups.seen(noun) : { sql: '', parameters: [] }
    const found = recognition.named(name, rows, scope)
    if (found) return found.deleted_at === null ? { id: found.id } : { refused: words.trashed }
    if (lookups.isId(field, name))
      return { left: `is the id of no ${noun} up to this line: it is left blank` }
    if (!mayMake) return { refused: `names no ${noun}` }
    return {
      make() {
        const id = ownIds.keep(table, given) ?? rows.newId()
        const made = tidyName(name)
        rows.add(
          { id, name: made, ...stub },
          recognition.tokens(saying({ name: made } as Values<Field>)),
        )
        state.stubs.push(id)
        return id
      },
    }
  }

  /** Whether a record refers to one that only comes further down. */
  const isAwaited = (id: string | undefined, rows: RowStore): id is string =>
    ownIds.isOwnFile && id !== undefined && identified(id, rows) === undefined

  const set = (rows: RowStore, ids: readonly string[], to: string) => {
    rows.flush()
    for (const id of ids) if (mayLink(id, to)) rows.change(table, id, { [idField]: to })
  }

  function wait(id: string, name: string | undefined, by: string) {
    const known = ownValue(state.awaited, id)
    if (known) known.by.push(by)
    else state.awaited[id] = { name: name ?? '', by: [by] }
  }

  /** @param own the id it has in the file @param id the one it has here */
  function arrived(own: string | undefined, id: string, rows: RowStore) {
    const known = own === undefined ? undefined : ownValue(state.awaited, own)
    if (!known || own === undefined) return
    delete state.awaited[own]
    set(rows, known.by, id)
  }

  /** What a row says of the other record. */
  function linkOf(row: ImportRow<Values<Field>>, rows: RowStore, current?: StoredRow): Link {
    const { id, name } = row.values
    const other: string | undefined = row.values[field]
    const otherId = row.values[idField] as string | undefined
    const isItself =
      otherId === undefined
        ? other !== undefined && nameKey(other) === nameKey(name ?? '')
        : otherId === id
    if (isItself) refuse(row, field, label, other ?? '', words.itself)
    if (isAwaited(otherId, rows)) return undefined
    return refer(row, current, {
      ...{ field, label, table: noun },
      byId: (own) => identified(own, rows),
      byName: (own, given) => named(own, given, rows),
    })
  }

  const steps: Required<Pick<KindImport<Values<Field>>, 'refersToItsKind' | 'isThere' | 'finish'>> =
    {
      refersToItsKind: (values) => values[field] !== undefined || values[idField] !== undefined,
      isThere(row, id, rows, isWritten) {
        const otherId = row.values[idField] as string | undefined
        arrived(row.values.id, id, rows)
        if (!isWritten || !isAwaited(otherId, rows)) return
        wait(otherId, row.values[field], id)
        row.references.push({ field, label, outcome: 'linked' })
      },
      /** Those that never came are made by their names. */
      finish(rows) {
        for (const [id, { name, by }] of Object.entries(state.awaited)) {
          delete state.awaited[id]
          const made = name === '' ? undefined : follow(named(name, id, rows), rows)
          if (made) set(rows, by, made)
        }
      },
    }

  return { linkOf, steps }
}
