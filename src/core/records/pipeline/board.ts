/** The board: the top of each stage with its totals, and the pages below. */
import type { Card, Stage } from '../../../contract/records/pipeline'
import type { Actor } from '../../kernel/actor'
import type { Clause } from '../../kernel/database/clause'
import { invalid } from '../../kernel/errors'
import type { Kernel } from '../../kernel/kernel'
import { type Leads, leadAmount } from '../leads/leads'
import {
  type CardRow,
  cardJoins,
  cardSelect,
  readBoardCursor,
  toCard,
  writeBoardCursor,
} from './cards'
import { type ChangedCardsQuery, createChangedCards } from './changed-cards'
import { type BoardQuery, createBoardFilter } from './filter'
import { type StageRows, toStage } from './stage-rows'
import { createTotals, totalOf } from './totals'

type PagedQuery = BoardQuery & { sort: string; limit: number }

/** How cards are ordered: by the sort value, then by seq; rows without a value come last. */
const boardSorts: Record<string, { column: string; direction: 'asc' | 'desc' }> = {
  position: { column: 'lead.position', direction: 'asc' },
  value: { column: leadAmount, direction: 'desc' },
  expectedCloseDate: { column: 'lead.expected_close_date', direction: 'asc' },
  lastActivityAt: { column: 'lead.last_activity_at', direction: 'asc' },
  nextStepAt: { column: 'lead.next_step_at', direction: 'asc' },
}

const orderOf = ({ column, direction }: { column: string; direction: 'asc' | 'desc' }) =>
  // SQLite takes null for the smallest value.
  `${direction === 'asc' && column !== 'lead.position' ? `${column} is null, ` : ''}${column} ${direction}, lead.seq`

function requireSort(name: string) {
  const sort = boardSorts[name]
  if (!sort) throw invalid('sort', `there is no sort by ${name}`)
  return sort
}

export function createBoard(
  kernel: Kernel,
  { leads, rows: stageRows }: { leads: Leads; rows: StageRows },
) {
  const { database, lister } = kernel
  const filterOf = createBoardFilter(kernel)
  const { totalsOf, matchesOf } = createTotals(kernel, { leads, filterOf })
  const changedCards = createChangedCards(kernel, { leads, rows: stageRows, filterOf })

  function overview(actor: Actor, query: BoardQuery) {
    const row = stageRows.requirePipeline(query.pipelineId)
    const own = stageRows.stagesOf(row.id).map(toStage)
    const stages = totalsOf(actor, own, query)
    return { pipelineId: row.id, stages, total: totalOf(stages, own) }
  }

  function column(
    actor: Actor,
    stageId: string,
    query: PagedQuery & { cursor?: string | undefined },
  ): { cards: Card[]; nextCursor: string | null } {
    const order = orderOf(requireSort(query.sort))
    const filter = filterOf(actor, query)
    let offset = 0
    let after: Clause = { sql: '1', parameters: [] }
    if (query.cursor !== undefined) {
      const cursor = readBoardCursor(query.cursor)
      if (query.sort === 'position')
        after = {
          sql: '(lead.position, lead.seq) > (?, ?)',
          parameters: [cursor.position, cursor.seq],
        }
      else offset = cursor.offset
    }
    const rows = database.all<CardRow>(
      // The page is found on an index where one suffices; only its rows are read whole.
      `select ${cardSelect} from (
         select lead.seq from lead ${lister.joinsFor(leads.source, filter.sql)}
         where lead.stage_id = ? and ${filter.sql} and ${after.sql}
         order by ${order} limit ${query.limit + 1}${offset > 0 ? ` offset ${offset}` : ''}
       ) page cross join lead on lead.seq = page.seq ${cardJoins} order by ${order}`,
      stageId,
      ...filter.parameters,
      ...after.parameters,
    )
    return toColumn(rows, query.limit, offset)
  }

  function toColumn(rows: CardRow[], limit: number, offset: number) {
    const cards = rows.slice(0, limit)
    const last = cards.at(-1)
    const signalOf = leads.signals()
    return {
      cards: cards.map((row) => toCard(row, signalOf)),
      nextCursor:
        rows.length > limit && last
          ? writeBoardCursor({ position: last.position, seq: last.seq, offset: offset + limit })
          : null,
    }
  }

  /** Totals and the tops of all columns in one go, for a text that lets few leads through. */
  function searched(actor: Actor, stages: Stage[], query: PagedQuery) {
    const order = orderOf(requireSort(query.sort))
    const { totals, first } = matchesOf(actor, stages, query, { order, most: query.limit + 1 })
    const rows = database.all<CardRow>(
      `select ${cardSelect} from lead ${cardJoins} where lead.seq in (select value from json_each(?))`,
      JSON.stringify([...first.values()].flat()),
    )
    const rowOf = new Map(rows.map((row) => [row.seq, row]))
    const columns = stages.map(({ id }) => {
      const own = (first.get(id) ?? []).flatMap((seq) => rowOf.get(seq) ?? [])
      return { stageId: id, ...toColumn(own, query.limit, 0) }
    })
    return { totals, columns }
  }

  function board(actor: Actor, query: PagedQuery) {
    const pipeline = stageRows.toPipeline(stageRows.requirePipeline(query.pipelineId))
    const { stages } = pipeline
    if (query.q !== undefined) return { pipeline, ...searched(actor, stages, query) }
    return {
      pipeline,
      totals: totalsOf(actor, stages, query),
      columns: stages.map((stage) => ({ stageId: stage.id, ...column(actor, stage.id, query) })),
    }
  }

  /** Undefined where the cards of other leads may have changed too. */
  function cards(actor: Actor, query: ChangedCardsQuery) {
    const changed = changedCards(actor, query)
    if (!changed) return undefined
    const stages = stageRows.stagesOf(stageRows.requirePipeline(query.pipelineId).id).map(toStage)
    return { cards: changed, totals: totalsOf(actor, stages, query) }
  }

  return { overview, board, column, cards }
}
