/** Which leads a board shows. */
import type { contract } from '../../../contract'
import type { InputOf } from '../../../contract/kernel/base'
import type { Actor } from '../../kernel/actor'
import { seesAll } from '../../kernel/authorisation'
import type { Clause } from '../../kernel/database/clause'
import type { SqlValue } from '../../kernel/database/database'
import { searchExpression } from '../../kernel/fields/list'
import type { Kernel } from '../../kernel/kernel'
import { cameFrom, leadAmount, leadSource, taggedWith } from '../leads/leads'

export type BoardQuery = InputOf<(typeof contract)['pipeline']['overview']>
export type BoardFilter = (actor: Actor, query: BoardQuery) => Clause

export function createBoardFilter({ workspace, lister }: Kernel): BoardFilter {
  return (actor, query) => {
    const clauses: Clause[] = [{ sql: 'lead.deleted_at is null', parameters: [] }]
    const add = (sql: string, ...parameters: SqlValue[]) => clauses.push({ sql, parameters })
    const among = (column: string, values: string[]) =>
      add(`${column} in (${values.map(() => '?').join(', ')})`, ...values)
    if (!seesAll(actor)) add('lead.owner_id = ?', actor.userId)
    if (query.ownerId) among('lead.owner_id', query.ownerId)
    if (query.source) clauses.push(cameFrom(query.source))
    if (query.tag) clauses.push(taggedWith(query.tag))
    if (query.valueFrom !== undefined) add(`${leadAmount} >= ?`, query.valueFrom)
    if (query.valueTo !== undefined) add(`${leadAmount} <= ?`, query.valueTo)
    if (query.closeFrom) add('lead.expected_close_date >= ?', query.closeFrom)
    if (query.closeTo) add('lead.expected_close_date <= ?', query.closeTo)
    if (query.q) {
      const match = searchExpression(query.q, workspace.country())
      if (match)
        add(
          `lead.seq in (select rowid from lead_search where lead_search match ? union all
            select named.seq from company_search join company on company.seq = company_search.rowid
              join lead named on named.company_id = company.id where company_search match ?)`,
          match,
          match,
        )
      else add('0')
    }
    if (query.filter) clauses.push(lister.compile(actor, leadSource, query.filter))
    return {
      sql: clauses.map((clause) => clause.sql).join(' and '),
      parameters: clauses.flatMap((clause) => clause.parameters),
    }
  }
}
