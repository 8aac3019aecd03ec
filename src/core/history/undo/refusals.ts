/** Notes which rows of a batch stay as they are, and with each the rows that it needs to exist. */
import type { RightsJudge } from '../../kernel/records/write-rights'
import { type BatchLog, namingColumns } from './batch-log'
import type { References } from './references'
import type { Judging, Values } from './reversal'

export type Refusals = ReturnType<typeof createRefusals>

const nothingChanges = { columns: [] }

export function createRefusals(log: BatchLog, references: References, rights: RightsJudge) {
  /** A row that is not even the actor's to change is refused for that. */
  function refuse(judging: Judging, table: string, rowId: string, reason: string) {
    const { actor, refused } = judging
    if (refused.has(rowId)) return
    const row = log.current(table, rowId)
    const notAllowed =
      row && rights.refusalOf(actor, { ...nothingChanges, table, id: rowId, now: row, after: row })
    if (notAllowed) return refuseByRights(judging, table, rowId, notAllowed)
    refused.set(rowId, { table, rowId, name: nameIn(row) ?? nameOfTable(table), reason })
    refuseParents(judging, table, row)
  }

  /**
   * Refuses a row that is not the actor's to change. A rep sees the name that it gave the row itself:
   * what it is called now may be none of its business.
   */
  function refuseByRights(judging: Judging, table: string, rowId: string, reason: string) {
    const name = log.nameOf(judging, table, rowId) ?? nameOfTable(table)
    judging.refused.set(rowId, { table, rowId, name, reason })
    judging.notAllowed.add(rowId)
    refuseParents(judging, table, log.current(table, rowId))
  }

  function refuseParents(judging: Judging, table: string, row: Values | undefined) {
    if (row)
      refuseReferred(
        judging,
        table,
        row,
        `still needed by ${nameIn(row) ?? `a ${nameOfTable(table)}`}`,
      )
  }

  /** Refuses the rows of the batch that a row refers to. */
  function refuseReferred(judging: Judging, table: string, row: Values, reason: string) {
    for (const { column, table: parent } of references.from.get(table) ?? []) {
      const parentId = row[column]
      if (typeof parentId === 'string' && log.isInsertedBy(judging.batchId, parentId))
        refuse(judging, parent, parentId, reason)
    }
  }

  return { refuse, refuseByRights, refuseReferred }
}

export const nameOfTable = (table: string) => table.replaceAll('_', ' ')

function nameIn(row: Values | undefined): string | undefined {
  const name = namingColumns.map((column) => row?.[column]).find((value) => value != null)
  return typeof name === 'string' ? name : undefined
}
