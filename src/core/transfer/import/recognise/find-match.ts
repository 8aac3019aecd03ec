/** Which record a row of a file is: the keys of its kind are walked, past what the actor does not see and what is another. */
import { getTableName } from 'drizzle-orm'
import type { ImportKind } from '../../../../contract/transfer/words'
import type { Actor } from '../../../kernel/actor'
import type { Clause } from '../../../kernel/database/clause'
import type { Kernel } from '../../../kernel/kernel'
import type { RowScope } from '../../../kernel/records/write-rights'
import { addressScope } from '../../../records/links/links'
import type { ImportRow, Key, KindImport } from '../kinds/import-kind'
import type { RowStore, StoredRow } from '../runs/row-store'
import type { Run } from '../runs/run'
import { shownOf } from '../values/cells'
import type { OwnIds } from './own-ids'
import { bestOf } from './recognise'

/** The rows of each kind that an actor may change many of at once; where none is named, all. */
export type OwnScopes = { [K in ImportKind]?: RowScope }

export interface Match {
  key: string
  row: StoredRow
}

type Row = ImportRow<object>

export type Matcher = ReturnType<typeof createMatcher>

/** Kinds of which a rep does not even learn that somebody else has one. */
const hidden: readonly ImportKind[] = ['customers', 'quotes', 'tasks']

export function createMatcher(
  { database, workspace }: Kernel,
  {
    actor,
    run,
    kind,
    ownIds,
    ownScopes,
  }: { actor: Actor; run: Run; kind: KindImport<object>; ownIds: OwnIds; ownScopes: OwnScopes },
) {
  /** An import changes many rows at once: a rep's only what is its own. */
  const mayUpdate = (row: StoredRow): boolean => isWithin(row, ownScopes[run.kind]?.(actor, 'one'))
  /** What the actor does not see is not found either. */
  const isSeen = (row: StoredRow): boolean => {
    if (run.kind === 'companies') return isWithin(row, addressScope(workspace, 'company')(actor))
    if (run.kind === 'contacts') return isWithin(row, addressScope(workspace, 'contact')(actor))
    return !hidden.includes(run.kind) || mayUpdate(row)
  }

  /** What is not stored yet was made by this import. */
  const isWithin = ({ id }: StoredRow, scope: Clause | undefined): boolean =>
    !scope ||
    database.get(
      `select 1 from ${getTableName(kind.table)} where id = ? and (${scope.sql}) is not true`,
      id,
      ...scope.parameters,
    ) === undefined

  /** A row that says which record of ours it is means no other one that says the same of itself. */
  function isMeant({ values }: Row, key: Key, found: StoredRow): boolean {
    if (!('id' in values) || key.name === 'id' || found.external_id === values.id) return true
    return run.progress.state.stubs.includes(found.id) || !ownIds.cameWithItsId(kind.table, found)
  }

  /** The strongest key that leads to a row; one in the trash only where none leads to another. */
  function findMatch(row: Row, rows: RowStore): Match | undefined {
    let trashed: Match | undefined
    for (const key of kind.keys(row)) {
      const found = new Map([...rows.added(key.token), ...key.find()].map((one) => [one.id, one]))
      const seen = [...found.values()].filter((one) => isSeen(one) && isMeant(row, key, one))
      const there = seen.filter((one) => one.deleted_at === null).map(rows.current)
      const best = key.isWeak ? sameAs(row, key, there, rows) : bestOf(there)
      if (best) return { key: key.name, row: best }
      const other = bestOf(seen)
      if (other && other.deleted_at !== null) trashed ??= { key: key.name, row: other }
    }
    return trashed
  }

  /**
   * Of records with the same name one that the row does not contradict, else one that no other row of the file is
   * already; where there is none, the row is another record.
   */
  function sameAs(row: Row, key: Key, there: StoredRow[], rows: RowStore): StoredRow | undefined {
    const differences = new Map(there.map((one) => [one, kind.differs?.(row, one)]))
    const same = bestOf(there.filter((one) => !differences.get(one)))
    const best = same ?? bestOf(there.filter((one) => rows.lineOf(one.id) === undefined))
    const first = best ? undefined : bestOf(there)
    if (first)
      warn(
        row,
        key.name,
        `Same ${keyWords[key.name] ?? key.name} as line ${rows.lineOf(first.id)}, but another ${differences.get(first)}: kept as two ${kind.nouns}`,
      )
    return best
  }

  /** Two rows of the file are one record: whoever wrote it may have meant two. */
  function warnOfSame(row: Row, line: number, match: Match, rows: RowStore) {
    const before = rows.lineOf(match.row.id)
    if (before === undefined) rows.keepLine(match.row.id, line)
    else
      warn(
        row,
        match.key,
        `Same ${keyWords[match.key] ?? match.key} as line ${before}: taken as one ${kind.noun}`,
      )
  }

  function warn(row: Row, key: string, message: string) {
    const from = [key, 'fullName', 'lastName', 'firstName'].find((field) => run.mapping[field])
    const column = run.mapping[from ?? '']?.[0] ?? null
    const value = row.cells().find(([name]) => name === column)?.[1] ?? ''
    row.warnings.push({ column, value: shownOf(value), message })
  }

  return { findMatch, mayUpdate, warnOfSame }
}

/** Keys as a sentence has them. */
const keyWords: Readonly<Record<string, string>> = {
  id: 'Rapport ID',
  externalId: 'external ID',
  email: 'e-mail',
  title: 'title and company',
}
