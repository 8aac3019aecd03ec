/**
 * Edits that began from values somebody else has changed since are refused, field by field. The
 * comparison runs inside the transaction that writes, so nothing can come in between.
 */

import { type BasedOn, type Clash, clashCode } from '../../../contract/kernel/based-on'
import { ownValue } from '../../../contract/kernel/own-value'
import { fieldOf, sameValue } from '../../../contract/kernel/same-value'
import type { Actor, CoreContext, Reader } from '../actor'
import { conflict } from '../errors'
import { namesOf } from './edit-names'

type Fields = Readonly<Record<string, unknown>>

export interface Editable<Input> {
  /** Where the change log has the edited row. */
  table: string
  /** The row's id, where fields have rows of their own that of the field; `input.id` by default. */
  rowId?(input: Input, actor: Actor, field: string): string | undefined
  /** The fields as they are now, as whoever edits them reads them. */
  now(actor: Actor, input: Input): object
  /** Fields that are objects, of which each key is compared and kept by itself. */
  byKey?: readonly string[]
  /** Fields that are objects of which an edit names only the keys that it changes; the others stay. */
  inParts?: readonly string[]
  /** Fields that an edit cannot leave out. */
  required?: readonly string[]
}

/** The handler of an update, which heeds `basedOn`; without it the last save counts. */
export function edits<Input extends { basedOn?: BasedOn | undefined }, Output>(
  editable: Editable<Omit<Input, 'basedOn'>>,
  handler: (options: { input: Omit<Input, 'basedOn'>; context: CoreContext }) => Output,
) {
  return ({ input, context }: { input: Input; context: CoreContext }): Output => {
    const { basedOn, ...edit } = input
    if (basedOn === undefined) return handler({ input: edit, context })
    const { actor } = context
    const { byKey = [], inParts = [], required = [] } = editable
    const now = () => editable.now(actor, edit) as Fields
    let checked = false
    const precondition = (database: Reader) => {
      // Once for a call: what it has written itself is no clash.
      if (checked) return
      checked = true
      const found = clashesIn(edit, basedOn, now(), { byKey, inParts })
      if (found.length === 0) return
      const rowIdOf = (field: string) =>
        editable.rowId ? editable.rowId(edit, actor, field) : idOf(edit)
      throw refusal(
        found.map((clash) => described(database, editable.table, rowIdOf(clash.field), clash)),
      )
    }
    return handler({
      input: onlyChanges(edit, basedOn, { now, byKey, inParts, required }),
      context: { ...context, actor: { ...actor, precondition } },
    })
  }
}

interface Found {
  field: string
  basedOn: unknown
  current: unknown
  yours: unknown
}

function clashesIn(
  edit: Fields,
  basedOn: BasedOn,
  now: Fields,
  { byKey, inParts }: { byKey: readonly string[]; inParts: readonly string[] },
): Found[] {
  return Object.keys(basedOn).flatMap((field) => {
    const yours = edit[field]
    if (yours === undefined) return []
    const values = { field, basedOn: basedOn[field], current: fieldOf(now, field), yours }
    if (!inParts.includes(field) || !isRecord(yours))
      return compare({ ...values, deep: byKey.includes(field) })
    const [before, current] = [recordOf(values.basedOn), recordOf(values.current)]
    return Object.keys(yours).flatMap((key) =>
      compare({
        field: `${field}.${key}`,
        basedOn: ownValue(before, key),
        current: ownValue(current, key),
        yours: yours[key],
        deep: false,
      }),
    )
  })
}

function compare({ deep, ...values }: Found & { deep: boolean }): Found[] {
  const { field, basedOn, current, yours } = values
  if (sameValue(basedOn, current) || sameValue(basedOn, yours) || sameValue(current, yours))
    return []
  if (!deep || !isRecord(yours)) return [values]
  const [before, stored] = [recordOf(basedOn), recordOf(current)]
  return keysOf(yours, before).flatMap((key) =>
    compare({
      field: `${field}.${key}`,
      basedOn: ownValue(before, key),
      current: ownValue(stored, key),
      yours: ownValue(yours, key),
      deep,
    }),
  )
}

/**
 * The edit without the fields that its caller left as they were: what somebody else has made of
 * them stays. Of objects that are edited by key or in parts, the same with their keys.
 */
function onlyChanges<Edit extends object>(
  edit: Edit,
  basedOn: BasedOn,
  {
    now,
    byKey,
    inParts,
    required,
  }: {
    now(): Fields
    byKey: readonly string[]
    inParts: readonly string[]
    required: readonly string[]
  },
): Edit {
  const changed: Record<string, unknown> = { ...(edit as Fields) }
  for (const [field, before] of Object.entries(basedOn)) {
    const yours = changed[field]
    if (yours === undefined) continue
    if (!sameValue(yours, before)) {
      if (byKey.includes(field)) changed[field] = merge(yours, before, now()[field])
      else if (inParts.includes(field) && isRecord(yours))
        changed[field] = changedParts(yours, recordOf(before))
    } else if (required.includes(field)) changed[field] = fieldOf(now(), field)
    else delete changed[field]
  }
  return changed as Edit
}

const changedParts = (yours: Fields, before: Fields): Fields =>
  Object.fromEntries(
    Object.entries(yours).filter(([key, value]) => !sameValue(value, ownValue(before, key))),
  )

function merge(yours: unknown, basedOn: unknown, current: unknown): unknown {
  if (sameValue(yours, basedOn)) return current
  if (!isRecord(yours)) return yours
  const [before, stored] = [recordOf(basedOn), recordOf(current)]
  return Object.fromEntries(
    keysOf(stored, yours, before)
      .map((key): [string, unknown] => [
        key,
        merge(ownValue(yours, key), ownValue(before, key), ownValue(stored, key)),
      ])
      .filter(([, value]) => value !== undefined),
  )
}

function described(
  database: Reader,
  table: string,
  rowId: string | undefined,
  clash: Found,
): Clash {
  const { basedOn = null, current = null, yours = null, field } = clash
  return {
    field,
    basedOn,
    current,
    yours,
    ...namesOf(database, table, field, [basedOn, current, yours]),
    ...lastChange(database, table, rowId, field),
  }
}

/** So many changes of a row are looked through for the one that touched the field. */
const changesRead = 200

/** Who changed the field last; who changed its row last where the log does not tell of fields. */
function lastChange(
  database: Reader,
  table: string,
  rowId: string | undefined,
  field: string,
): Pick<Clash, 'by' | 'at'> {
  const rows = database.all<{
    at: number
    user_id: string | null
    after: string | null
  }>(
    `select change.at, change.user_id, change.after from change
     where change.row_id = ? and change.table_name = ? order by change.seq desc limit ?`,
    rowId ?? '',
    table,
    changesRead,
  )
  const columns = columnsOf(field)
  const row =
    rows.find(({ after }) => {
      const changed: unknown = JSON.parse(after ?? '{}')
      return isRecord(changed) && columns.some((column) => column in changed)
    }) ?? rows[0]
  if (!row) return { by: null, at: null }
  return {
    by: row.user_id === null ? null : { id: row.user_id, name: nameOf(database, row.user_id) },
    at: new Date(row.at).toISOString(),
  }
}

const nameOf = (database: Reader, userId: string): string =>
  database.get<{ name: string }>(database.schema.nameOfPerson, userId)?.name ?? ''

/** `value` → `value`, `value_minor`; `dueAt` → `due_at`; `custom.budget` → `custom`. */
function columnsOf(field: string): string[] {
  const column = (field.split('.')[0] ?? field).replace(
    /[A-Z]/g,
    (letter) => `_${letter.toLowerCase()}`,
  )
  return [column, `${column}_minor`]
}

function refusal(clashes: Clash[]) {
  const people = [...new Set(clashes.map(({ by }) => by?.name ?? 'Somebody'))].join(', ')
  const labels = clashes.map(({ label }) => label).join(', ')
  return conflict(
    `Nothing was saved: ${people} changed ${labels} in the meantime.`,
    { clashes },
    clashCode,
  )
}

const idOf = (edit: object): string | undefined =>
  'id' in edit && typeof edit.id === 'string' ? edit.id : undefined

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const recordOf = (value: unknown): Record<string, unknown> => (isRecord(value) ? value : {})

const keysOf = (...records: object[]): string[] => [...new Set(records.flatMap(Object.keys))]
