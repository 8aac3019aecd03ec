/** The trash as people see it: what each may bring back, and until when. */
import type { contract } from '../../../contract'
import type { TrashItem } from '../../../contract/history/trash'
import type { InputOf } from '../../../contract/kernel/base'
import type { TrashKind } from '../../../contract/kernel/words'
import type { Actor } from '../../kernel/actor'
import type { SqlValue } from '../../kernel/database/database'
import { toInstant, toReference } from '../../kernel/database/rows'
import type { Schema } from '../../kernel/database/schema'
import { invalid } from '../../kernel/errors'
import { containsText } from '../../kernel/fields/text-sql'
import type { Kernel } from '../../kernel/kernel'
import { holderIsTrashed, isHanging } from '../../kernel/records/hangs-on'
import type { RowScope } from '../../kernel/records/write-rights'

type ListInput = InputOf<(typeof contract)['trash']['list']>

/** The rows of each kind that an actor may bring back. */
export type OwnScopes = Record<TrashKind, RowScope>

interface TrashedRow {
  kind: TrashKind
  id: string
  name: string
  deleted_at: number
}

/** SQL of each kind's name. */
const names: Record<TrashKind, string> = {
  company: 'name',
  contact: 'name',
  lead: 'title',
  customer: 'name',
  quote: `number || ' ' || title`,
  task: 'title',
  activity: 'coalesce(subject, type)',
  reminder: `coalesce(nullif(trim(notes), ''), 'Reminder')`,
}
const allKinds = Object.keys(names) as TrashKind[]

/** How long the workspace keeps what is in the trash, milliseconds. */
export const graceOf = ({ workspace }: Pick<Kernel, 'workspace'>): number =>
  workspace.settings().trashDays * 86_400_000

/** SQL that leaves out what rests with something else in the trash, and comes back with it. */
export const standsAlone = (schema: Schema, kind: TrashKind): string[] =>
  isHanging(schema, kind) ? [`not ${holderIsTrashed(schema, kind)}`] : []

export function createTrashList(kernel: Kernel, ownScopes: OwnScopes) {
  const { database } = kernel

  return function list(actor: Actor, input: ListInput) {
    const kinds = input.kind ? [input.kind] : allKinds
    const parameters: SqlValue[] = []
    const parts = kinds.map((kind) => {
      const clauses = ['deleted_at is not null', ...standsAlone(database.schema, kind)]
      const own = ownScopes[kind](actor)
      if (own) {
        clauses.push(own.sql)
        parameters.push(...own.parameters)
      }
      if (input.q) {
        const named = containsText(names[kind], input.q)
        clauses.push(named.sql)
        parameters.push(...named.parameters)
      }
      return `select '${kind}' as kind, id, ${names[kind]} as name, deleted_at from ${kind} where ${clauses.join(' and ')}`
    })
    const union = parts.join(' union all ')
    const offset = input.cursor === undefined ? 0 : Number(input.cursor)
    if (!Number.isSafeInteger(offset) || offset < 0)
      throw invalid('cursor', 'must be the nextCursor of a page before')
    const rows = database.all<TrashedRow>(
      `${union} order by deleted_at desc, id limit ${input.limit + 1} offset ${offset}`,
      ...parameters,
    )
    const total = Number(database.value(`select count(*) from (${union})`, ...parameters))
    return {
      items: rows.slice(0, input.limit).map(toItem),
      nextCursor: rows.length > input.limit ? String(offset + input.limit) : null,
      total,
    }
  }

  function toItem(row: TrashedRow): TrashItem {
    const by = database.get<{ id: string; name: string }>(
      `select user.id, user.name from change join user on user.id = change.user_id
       where change.row_id = ? and json_extract(change.after, '$.deleted_at') is not null
       order by change.seq desc limit 1`,
      row.id,
    )
    return {
      kind: row.kind,
      id: row.id,
      name: row.name,
      deletedAt: toInstant(row.deleted_at),
      deletedBy: toReference(by?.id ?? null, by?.name ?? null),
      purgeAt: toInstant(row.deleted_at + graceOf(kernel)),
    }
  }
}
