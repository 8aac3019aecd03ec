import { describe, expect, test } from 'vitest'
import type { Card, Stage } from '../../../../contract/records/pipeline'
import {
  appendPage,
  applyMove,
  type Board,
  openTotals,
  placeAt,
  reconcile,
  shows,
  withChangedCards,
} from './board'

const stages: Stage[] = [
  stageOf('new', { probability: 10 }),
  stageOf('proposal', { probability: 60 }),
  stageOf('won', { kind: 'won', probability: 100 }),
]

describe('a place in a column', () => {
  const cards = ['a', 'b', 'c'].map((id) => cardOf(id))

  test('is below the card above it', () => {
    expect(placeAt(cards, 2, 'x')).toEqual({ afterId: 'b' })
    expect(placeAt(cards, 3, 'x')).toEqual({ afterId: 'c' })
  })

  test('is above the first card on top', () => {
    expect(placeAt(cards, 0, 'x')).toEqual({ beforeId: 'a' })
  })

  test('is anywhere in an empty column', () => {
    expect(placeAt([], 0, 'x')).toEqual({})
  })

  test('is none where the card already is', () => {
    expect(placeAt(cards, 1, 'b')).toBeUndefined()
    expect(placeAt(cards, 2, 'b')).toBeUndefined()
    expect(placeAt(cards, 3, 'b')).toEqual({ afterId: 'c' })
  })
})

describe('a move', () => {
  test('puts the card between its new neighbours', () => {
    const board = boardOf({ new: ['a', 'b'], proposal: ['c', 'd'] })
    const moved = applyMove(
      board,
      { card: cardOf('a'), stageId: 'proposal', afterId: 'c' },
      'position',
    )
    expect(titles(moved)).toEqual({ new: 'b', proposal: 'cad', won: '' })
  })

  test('changes the totals of both stages to the cent, by the new stage’s probability', () => {
    const board = boardOf({ new: ['a', 'b'], proposal: [] })
    const moved = applyMove(board, { card: cardOf('a'), stageId: 'proposal' }, 'position')
    expect(moved.totals.new).toMatchObject({
      leads: 1,
      value: [{ amount: '1000.10', currency: 'USD' }],
      weighted: [{ amount: '100.01', currency: 'USD' }],
    })
    expect(moved.totals.proposal).toMatchObject({
      leads: 1,
      value: [{ amount: '1000.10', currency: 'USD' }],
      weighted: [{ amount: '600.06', currency: 'USD' }],
    })
  })

  test('can be applied to an answer that already shows it without counting twice', () => {
    const move = { card: cardOf('a'), stageId: 'proposal', afterId: 'c' }
    const once = applyMove(boardOf({ new: ['a', 'b'], proposal: ['c'] }), move, 'position')
    const twice = applyMove(once, move, 'position')
    expect(titles(twice)).toEqual(titles(once))
    expect(twice.totals).toEqual(once.totals)
  })

  test('takes an overdue lead out of the count when it is won', () => {
    const board = boardOf({ new: ['a'], proposal: [] }, { signal: 'overdue' })
    expect(board.totals.new?.overdue).toBe(1)
    const moved = applyMove(
      board,
      { card: cardOf('a', { signal: 'overdue' }), stageId: 'won' },
      'position',
    )
    expect([moved.totals.new?.overdue, moved.totals.won?.overdue]).toEqual([0, 0])
  })

  test('to a stage of another pipeline takes the card off the board', () => {
    const board = boardOf({ new: ['a', 'b'], proposal: [] })
    const moved = applyMove(board, { card: cardOf('a'), stageId: 'elsewhere' }, 'position')
    expect(titles(moved)).toEqual({ new: 'b', proposal: '', won: '' })
    expect(openTotals(moved)).toMatchObject({ leads: 1 })
  })

  test('finds its place by the value where cards are sorted by value', () => {
    const board = boardOf({ new: ['x'], proposal: [] })
    const columns = {
      ...board.columns,
      proposal: {
        cards: [
          cardOf('c', { value: { amount: '9000.00', currency: 'USD' } }),
          cardOf('d', { value: { amount: '10.00', currency: 'USD' } }),
          cardOf('e', { value: null }),
        ],
        nextCursor: null,
      },
    }
    const moved = applyMove(
      { ...board, columns },
      { card: cardOf('x'), stageId: 'proposal' },
      'value',
    )
    expect(titles(moved).proposal).toBe('cxde')
  })

  test('to below everything loaded is counted but not shown before it is loaded', () => {
    const board = boardOf({ new: ['x'], proposal: ['c'] })
    const columns = {
      ...board.columns,
      proposal: {
        cards: [cardOf('c', { value: { amount: '9000.00', currency: 'USD' } })],
        nextCursor: 'more',
      },
    }
    const moved = applyMove(
      { ...board, columns },
      { card: cardOf('x'), stageId: 'proposal' },
      'value',
    )
    expect(titles(moved).proposal).toBe('c')
    expect(moved.totals.proposal?.leads).toBe(2)
  })
})

describe('cards read by themselves', () => {
  const board = boardOf({ new: ['a', 'b', 'c'], proposal: ['d', 'e'] }, {}, 'more')
  const { totals } = boardOf({ new: ['a', 'b'], proposal: ['d', 'e', 'f'] })
  const answer = (...cards: { card: Card; afterId: string | null }[]) => ({
    totals: Object.values(totals),
    cards,
  })

  test('are put below the card above them, with the totals as the core counts them', () => {
    const moved = { card: cardOf('c', { stageId: 'proposal' }), afterId: 'd' }
    const after = withChangedCards(board, ['c'], answer(moved), 5)
    expect(after && titles(after)).toEqual({ new: 'ab', proposal: 'dce', won: '' })
    expect(after?.totals).toEqual(totals)
    const onTop = withChangedCards(board, ['c'], answer({ ...moved, afterId: null }), 5)
    expect(onTop && titles(onTop).proposal).toBe('cde')
  })

  test('keep the order in which they come, each below the one before', () => {
    const after = withChangedCards(
      board,
      ['a', 'c'],
      answer(
        { card: cardOf('c', { stageId: 'proposal' }), afterId: null },
        { card: cardOf('a', { stageId: 'proposal' }), afterId: 'c' },
      ),
      5,
    )
    expect(after && titles(after)).toEqual({ new: 'b', proposal: 'cade', won: '' })
  })

  test('go where the board shows them no more, and where they are further down than is loaded', () => {
    expect(titles(withChangedCards(board, ['b'], answer(), 5) ?? board).new).toBe('ac')
    const deep = answer({ card: cardOf('b'), afterId: 'not loaded' })
    expect(titles(withChangedCards(board, ['b'], deep, 5) ?? board).new).toBe('ac')
  })

  test('cannot be placed where all is loaded and the card above is not there', () => {
    const whole = boardOf({ new: ['a', 'b'], proposal: [] })
    const odd = answer({ card: cardOf('b'), afterId: 'not loaded' })
    expect(withChangedCards(whole, ['b'], odd, 5)).toBeUndefined()
    const nowhere = answer({ card: cardOf('b', { stageId: 'elsewhere' }), afterId: null })
    expect(withChangedCards(whole, ['b'], nowhere, 5)).toBeUndefined()
  })

  test('show a move once they are read after it was sent; those of others do not', () => {
    const move = { card: cardOf('c'), stageId: 'proposal' }
    const times = { sentAt: 10, takenAt: 20 }
    const read = (ids: string[], asOf: number) =>
      withChangedCards(
        board,
        ids,
        answer({ card: cardOf('c', { stageId: 'proposal' }), afterId: 'd' }),
        asOf,
      ) ?? board
    expect(shows(board, move, times)).toBe(false)
    expect(shows(read(['c'], 15), move, times)).toBe(true)
    expect(shows(read(['c'], 5), move, times)).toBe(false)
    expect(shows(read(['x'], 15), move, times)).toBe(false)
    expect(shows(read(['c'], 15), move, { ...times, takenAt: Number.POSITIVE_INFINITY })).toBe(
      false,
    )
    expect(shows({ ...board, asOf: 21 }, move, times)).toBe(true)
    // Moved on by then, which a later read shows.
    expect(shows(read(['c'], 15), { ...move, stageId: 'won' }, times)).toBe(false)
    expect(shows(read(['c'], 21), { ...move, stageId: 'won' }, times)).toBe(true)
  })
})

describe('a further page', () => {
  test('goes below what is there, without what is there already', () => {
    const board = boardOf({ new: ['a', 'b'] }, {}, 'after b')
    const more = appendPage(board, 'new', 'after b', {
      items: [cardOf('b'), cardOf('c')],
      nextCursor: null,
    })
    expect(titles(more).new).toBe('abc')
    expect(more.columns.new?.nextCursor).toBeNull()
  })

  test('is dropped when the column was asked for again meanwhile', () => {
    const board = boardOf({ new: ['a', 'b'] }, {}, 'after b')
    expect(appendPage(board, 'new', 'after a', { items: [cardOf('c')], nextCursor: null })).toBe(
      board,
    )
  })
})

describe('a fresh answer', () => {
  test('that is the one already there changes nothing', () => {
    const board = boardOf({ new: ['a'] }, {}, 'after a')
    expect(reconcile(board, board)).toBe(board)
    const more = appendPage(board, 'new', 'after a', { items: [cardOf('b')], nextCursor: null })
    expect(titles(reconcile(board, more)).new).toBe('ab')
  })

  test('keeps every card and column that did not change, whatever was put before them', () => {
    const before = boardOf({ new: ['a', 'b'], proposal: ['c'] })
    const fresh = { ...boardOf({ new: ['z', 'a', 'b'], proposal: ['c'] }), asOf: 1 }
    const after = reconcile(before, fresh)
    expect(after.columns.proposal).toBe(before.columns.proposal)
    expect(after.columns.new).not.toBe(before.columns.new)
    expect(after.columns.new?.cards[1]).toBe(before.columns.new?.cards[0])
    expect(after.totals.proposal).toBe(before.totals.proposal)
    expect(after.pipeline.stages[0]).toBe(before.pipeline.stages[0])
  })

  test('replaces a card when anything on it changed', () => {
    const before = boardOf({ new: ['a'] })
    const fresh = { ...boardOf({ new: ['a'] }, { tags: ['vip'] }), asOf: 1 }
    const after = reconcile(before, fresh)
    expect(after.columns.new?.cards[0]).toBe(fresh.columns.new?.cards[0])
  })
})

// Details ----------------------------------------------------------------------------------------

function stageOf(id: string, values: Partial<Stage> = {}): Stage {
  return {
    id,
    pipelineId: 'sales',
    name: id,
    color: '#868e96',
    kind: 'open',
    probability: 50,
    rottingDays: null,
    position: 0,
    leads: 0,
    ...values,
  }
}

function cardOf(id: string, values: Partial<Card> = {}): Card {
  return {
    id,
    title: id,
    company: null,
    contact: null,
    owner: null,
    value: { amount: '1000.10', currency: 'USD' },
    effectiveProbability: 10,
    expectedCloseDate: null,
    priority: 'medium',
    tags: [],
    status: 'open',
    signal: 'none',
    rotting: false,
    nextStepAt: null,
    nextStepDay: null,
    lastActivityAt: null,
    stageEnteredAt: '2026-11-20T09:30:00.000Z',
    stageId: 'new',
    ...values,
  }
}

/** A board whose cards are all worth 1,000.10, with totals that fit. */
function boardOf(
  ids: Record<string, string[]>,
  values: Partial<Card> = {},
  nextCursor: string | null = null,
): Board {
  const board: Board = {
    pipeline: { id: 'sales', name: 'Sales', isDefault: true, position: 0, stages },
    totals: {},
    columns: {},
    asOf: 0,
    readSince: {},
  }
  return {
    ...board,
    columns: Object.fromEntries(
      stages.map(({ id, probability }) => [
        id,
        {
          cards: (ids[id] ?? []).map((name) =>
            cardOf(name, { stageId: id, effectiveProbability: probability, ...values }),
          ),
          nextCursor,
        },
      ]),
    ),
    totals: Object.fromEntries(
      stages.map(({ id, probability }) => {
        const count = ids[id]?.length ?? 0
        const minor = 100_010 * count
        const money = (cents: number) => ({ amount: (cents / 100).toFixed(2), currency: 'USD' })
        return [
          id,
          {
            stageId: id,
            leads: count,
            value: [money(minor)],
            weighted: [money(Math.round((minor * probability) / 100))],
            rotting: 0,
            overdue: values.signal === 'overdue' ? count : 0,
          },
        ]
      }),
    ),
  }
}

const titles = (board: Board) =>
  Object.fromEntries(
    Object.entries(board.columns).map(([stageId, { cards }]) => [
      stageId,
      cards.map((card) => card.title).join(''),
    ]),
  )
