/** The board as a value: its columns and totals, and what a move does to them. Pure. */
import { dequal } from 'dequal'
import { minorFromAmount, moneyFromMinor } from '../../../../contract/kernel/money'
import type { Money } from '../../../../contract/kernel/shapes'
import type {
  boardSorts,
  Card,
  Pipeline,
  Stage,
  StageTotals,
} from '../../../../contract/records/pipeline'
import { sumOf } from '../../../ui/money'

export type BoardSort = (typeof boardSorts)[number]

/** The loaded beginning of one stage. */
export interface Column {
  cards: readonly Card[]
  /** Where the rest begins; null when all is loaded. */
  nextCursor: string | null
}

export interface Board {
  pipeline: Pipeline
  totals: Readonly<Record<string, StageTotals>>
  columns: Readonly<Record<string, Column>>
  /** When it was asked for, on the page's monotonic clock, in milliseconds. */
  asOf: number
  /** Leads whose cards were read by themselves since, and when that was asked for. */
  readSince: Readonly<Record<string, number>>
}

/** Cards that were read by themselves, as the core answers them. */
export interface ChangedCards {
  totals: readonly StageTotals[]
  cards: readonly { card: Card; afterId: string | null }[]
}

/** Beside which card another is put; neither: on top. */
export interface Place {
  beforeId?: string
  afterId?: string
}

export interface Move extends Place {
  card: Card
  stageId: string
  lostReason?: string
}

const emptyColumn: Column = { cards: [], nextCursor: null }

export const columnOf = (board: Board, stageId: string): Column =>
  board.columns[stageId] ?? emptyColumn

export const totalsOf = (board: Board, stageId: string): StageTotals =>
  board.totals[stageId] ?? {
    stageId,
    leads: 0,
    value: [],
    weighted: [],
    rotting: 0,
    overdue: 0,
  }

/** Where a lead's card is loaded, else undefined. */
export function findCard(
  board: Board,
  id: string,
): { card: Card; stageId: string; index: number } | undefined {
  for (const [stageId, { cards }] of Object.entries(board.columns)) {
    const index = cards.findIndex((card) => card.id === id)
    const card = cards[index]
    if (card) return { card, stageId, index }
  }
  return undefined
}

/**
 * The place between two shown cards, `index` counted with the moved card in the column; undefined
 * where it would stay where it is.
 */
export function placeAt(cards: readonly Card[], index: number, id: string): Place | undefined {
  const own = cards.findIndex((card) => card.id === id)
  if (own !== -1 && (index === own || index === own + 1)) return undefined
  const above = cards[index - 1]
  const below = cards[index]
  if (above) return { afterId: above.id }
  return below ? { beforeId: below.id } : {}
}

/**
 * The board as it will be after the move, totals included. Applied to a board that already shows
 * the move it changes nothing but the order, so it may be applied to any later answer of the core.
 */
export function applyMove(board: Board, move: Move, sort: BoardSort): Board {
  const found = findCard(board, move.card.id)
  const from = found?.stageId
  const card = cardIn(board, found?.card ?? move.card, move.stageId)
  const columns = { ...board.columns }
  if (from !== undefined) columns[from] = without(columnOf(board, from), move.card.id)
  const target = columns[move.stageId]
  if (target) columns[move.stageId] = withCard(target, card, move, sort, found)
  const totals = { ...board.totals }
  if (found && from !== undefined && from !== move.stageId) {
    totals[from] = addTo(totalsOf(board, from), found.card, -1)
    if (board.totals[move.stageId])
      totals[move.stageId] = addTo(totalsOf(board, move.stageId), card, 1)
  }
  return { ...board, columns, totals }
}

/**
 * The board with the cards of some leads as they are now, where the board has an order of its own; undefined
 * where they do not fit in with what is loaded, so that the board has to be read again.
 * @param leadIds those that were asked for: who has no card any more goes
 * @param asOf when they were asked for
 */
export function withChangedCards(
  board: Board,
  leadIds: readonly string[],
  { cards, totals }: ChangedCards,
  asOf: number,
): Board | undefined {
  const asked = new Set(leadIds)
  const columns: Record<string, Column> = {}
  for (const [stageId, column] of Object.entries(board.columns))
    columns[stageId] = column.cards.some(({ id }) => asked.has(id))
      ? { ...column, cards: column.cards.filter(({ id }) => !asked.has(id)) }
      : column
  for (const { card, afterId } of cards) {
    const column = columns[card.stageId]
    if (!column) return undefined
    const above = afterId === null ? -1 : column.cards.findIndex(({ id }) => id === afterId)
    if (afterId !== null && above === -1) {
      if (column.nextCursor === null) return undefined
      // Further down than the column is loaded.
      continue
    }
    columns[card.stageId] = { ...column, cards: column.cards.toSpliced(above + 1, 0, card) }
  }
  return {
    ...board,
    columns,
    totals: Object.fromEntries(totals.map((total) => [total.stageId, total])),
    readSince: { ...board.readSince, ...Object.fromEntries(leadIds.map((id) => [id, asOf])) },
  }
}

/** Whether what was read shows a move that was sent at `sentAt` and taken at `takenAt`. */
export function shows(
  board: Board,
  { card, stageId }: Move,
  { sentAt, takenAt }: { sentAt: number; takenAt: number },
): boolean {
  const readAt = Math.max(board.asOf, board.readSince[card.id] ?? 0)
  if (readAt > takenAt) return true
  // Asked for before the answer to the move was here, but after the core had taken it.
  return (
    Number.isFinite(takenAt) && readAt > sentAt && findCard(board, card.id)?.stageId === stageId
  )
}

/** The next page behind a column, unless the column has moved on since it was asked for. */
export function appendPage(
  board: Board,
  stageId: string,
  cursor: string,
  page: { items: readonly Card[]; nextCursor: string | null },
): Board {
  const column = columnOf(board, stageId)
  if (column.nextCursor !== cursor) return board
  const known = new Set(column.cards.map((card) => card.id))
  const cards = [...column.cards, ...page.items.filter((card) => !known.has(card.id))]
  return {
    ...board,
    columns: { ...board.columns, [stageId]: { cards, nextCursor: page.nextCursor } },
  }
}

/**
 * The new board with the parts of the old one that did not change, so that only what changed is
 * drawn again.
 */
export function reconcile(before: Board | undefined, after: Board): Board {
  // The cache reconciles an answer with itself too, and takes another object for another answer.
  if (!before || before === after) return after
  const known = new Map<string, Card>()
  for (const { cards } of Object.values(before.columns))
    for (const card of cards) known.set(card.id, card)
  const columns: Record<string, Column> = {}
  for (const [stageId, column] of Object.entries(after.columns)) {
    const cards = column.cards.map((card) => {
      const old = known.get(card.id)
      return old && dequal(old, card) ? old : card
    })
    const old = before.columns[stageId]
    const next = { cards, nextCursor: column.nextCursor }
    columns[stageId] = old && dequal(old, next) ? old : next
  }
  const totals: Record<string, StageTotals> = {}
  for (const [stageId, total] of Object.entries(after.totals)) {
    const old = before.totals[stageId]
    totals[stageId] = old && dequal(old, total) ? old : total
  }
  const oldStages = new Map(before.pipeline.stages.map((stage) => [stage.id, stage]))
  const stages = after.pipeline.stages.map((stage) => {
    const old = oldStages.get(stage.id)
    return old && dequal(old, stage) ? old : stage
  })
  return { ...after, columns, totals, pipeline: { ...after.pipeline, stages } }
}

/** Sums over the stages that are still open. */
export function openTotals(board: Board): { leads: number; value: Money[]; weighted: Money[] } {
  const open = board.pipeline.stages
    .filter((stage) => stage.kind === 'open')
    .map((stage) => totalsOf(board, stage.id))
  return {
    leads: open.reduce((sum, totals) => sum + totals.leads, 0),
    value: sumOf(open.flatMap((totals) => totals.value)),
    weighted: sumOf(open.flatMap((totals) => totals.weighted)),
  }
}

export const leadsOn = (board: Board): number =>
  Object.values(board.totals).reduce((sum, totals) => sum + totals.leads, 0)

// Details ----------------------------------------------------------------------------------------

/** The card as the stage makes it. A probability of its own cannot be recognised until it is asked for again. */
function cardIn(board: Board, card: Card, stageId: string): Card {
  if (card.stageId === stageId) return card
  const stageOf = (id: string): Stage | undefined =>
    board.pipeline.stages.find((stage) => stage.id === id)
  const from = stageOf(card.stageId)
  const to = stageOf(stageId)
  if (!to) return { ...card, stageId }
  const own = from !== undefined && card.effectiveProbability !== from.probability
  return {
    ...card,
    stageId,
    status: to.kind,
    effectiveProbability: own ? card.effectiveProbability : to.probability,
    rotting: false,
  }
}

function without(column: Column, id: string): Column {
  return { ...column, cards: column.cards.filter((card) => card.id !== id) }
}

function withCard(
  column: Column,
  card: Card,
  move: Move,
  sort: BoardSort,
  found: { stageId: string; index: number } | undefined,
): Column {
  const { cards } = column
  const index = sort === 'position' ? indexBeside(cards, move, found) : indexBy(cards, card, sort)
  // Below everything loaded, and there is more: it belongs somewhere in what is not loaded yet.
  if (index === cards.length && column.nextCursor !== null && sort !== 'position') return column
  return { ...column, cards: [...cards.slice(0, index), card, ...cards.slice(index)] }
}

function indexBeside(
  cards: readonly Card[],
  move: Move,
  found: { stageId: string; index: number } | undefined,
): number {
  const beside = move.afterId ?? move.beforeId
  if (beside === undefined) return 0
  const index = cards.findIndex((card) => card.id === beside)
  if (index !== -1) return move.afterId === undefined ? index : index + 1
  return found?.stageId === move.stageId ? found.index : 0
}

function indexBy(cards: readonly Card[], card: Card, sort: Exclude<BoardSort, 'position'>) {
  const index = cards.findIndex((other) => compare(card, other, sort) < 0)
  return index === -1 ? cards.length : index
}

/** As the core orders a column: greatest value first, earliest date first, without one last. */
function compare(one: Card, other: Card, sort: Exclude<BoardSort, 'position'>): number {
  if (sort === 'value') return compareKeys(amountOf(one), amountOf(other), -1)
  return compareKeys(one[sort], other[sort], 1)
}

function compareKeys<Key extends string | number>(one: Key | null, other: Key | null, way: 1 | -1) {
  if (one === null || other === null) return one === other ? 0 : one === null ? 1 : -1
  return one === other ? 0 : one < other ? -way : way
}

const amountOf = ({ value }: Card): number | null => (value === null ? null : Number(value.amount))

function addTo(totals: StageTotals, card: Card, sign: 1 | -1): StageTotals {
  return {
    ...totals,
    leads: totals.leads + sign,
    value: add(totals.value, card.value, sign),
    weighted: add(totals.weighted, card.value, (sign * card.effectiveProbability) / 100),
    overdue: totals.overdue + (card.status === 'open' && card.signal === 'overdue' ? sign : 0),
    rotting: totals.rotting + (card.rotting ? sign : 0),
  }
}

function add(sums: readonly Money[], value: Money | null, factor: number): Money[] {
  if (value === null) return [...sums]
  const minor = Math.round((minorFromAmount(value.amount, value.currency) ?? 0) * factor)
  return sumOf([...sums, moneyFromMinor(minor, value.currency)])
}
