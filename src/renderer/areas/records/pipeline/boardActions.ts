/** What can be done on the board: the same for as long as it is shown, whatever it shows by then. */
import { announce } from '@atlaskit/pragmatic-drag-and-drop-live-region'
import { useState } from 'react'
import { createStore } from 'zustand/vanilla'
import type { Card, Pipeline, Stage } from '../../../../contract/records/pipeline'
import type { AppActions } from '../../../app/actions'
import { columnOf, type Board as Data, findCard, type Place, placeAt } from './board'
import type { BoardActions, BoardMarks } from './boardContext'
import { celebrationTime } from './Celebration'
import { actionsFor } from './cardActions'
import { createCardRuler } from './cardLayout'
import { type ColumnHandle, createDragging } from './dragging'
import type { useMoves } from './useMoves'

export interface BoardProps {
  board: Data
  /** Cards have an order of their own, and can be put between others. */
  arranges: boolean
  send: ReturnType<typeof useMoves>['move']
  loadMore(stageId: string): void
}

export interface RequestedMove {
  card: Card
  stage: Stage
  place: Place
  /** The keyboard goes along with the card. */
  follow: boolean
}

export interface BoardActionsOptions {
  /** What is drawn by now. */
  now(): BoardProps & { app: AppActions }
  /** All pipelines that are known. */
  pipelines(): readonly Pipeline[]
  /** What scrolls sideways. */
  scroller(): HTMLElement | null
  openMenu(card: Card, at: { x: number; y: number }): void
  askWhyLost(move: RequestedMove): void
  convert(card: Card): void
}

/** Made once, from the first options: the marks and the drag in it last as long as the board is shown. */
export function useSteadyActions(options: BoardActionsOptions) {
  const [steady] = useState(() => createBoardActions(options))
  return steady
}

function createBoardActions({
  now,
  pipelines,
  scroller,
  openMenu,
  askWhyLost,
  convert,
}: BoardActionsOptions) {
  const columns = new Map<string, ColumnHandle>()
  const marks = createStore<BoardMarks>(() => ({
    active: null,
    focused: null,
    hovered: null,
    celebrating: null,
  }))

  /** Resolves with whether the core took it. */
  async function carryOut(
    { card, stage, place, follow }: RequestedMove,
    lostReason?: string,
  ): Promise<boolean> {
    const stays = stage.id === card.stageId
    announce(stays ? `${card.title} moved.` : `${card.title} moved to ${stage.name}.`)
    const { board, send } = now()
    const sent = send({
      card,
      stageId: stage.id,
      ...place,
      ...(lostReason ? { lostReason } : {}),
    })
    if (follow) {
      const shown = columns.get(stage.id)
      // A folded stage shows no card: the keyboard stays where the card was.
      if (shown) shown.focus(card.id)
      else focusNeighbour(board, card)
    }
    const done = await sent
    if (done && stage.kind === 'won' && card.status !== 'won') {
      announce(`${card.title} is won.`)
      marks.setState({ celebrating: stage.id })
      setTimeout(() => marks.setState({ celebrating: null }), celebrationTime)
    }
    return done
  }

  function focusNeighbour(board: Data, card: Card) {
    const { cards } = columnOf(board, card.stageId)
    const index = cards.findIndex(({ id }) => id === card.id)
    const next = cards[index + 1] ?? cards[index - 1]
    if (next) columns.get(next.stageId)?.focus(next.id)
  }

  function request(card: Card, stageId: string, place: Place, follow: boolean) {
    const known = [now().board.pipeline, ...pipelines()]
    const stage = known.flatMap(({ stages }) => stages).find(({ id }) => id === stageId)
    const stays = stageId === card.stageId
    if (!stage || (stays && !place.afterId && !place.beforeId)) return
    const requested = { card, stage, place, follow }
    if (stage.kind === 'lost' && card.status !== 'lost') askWhyLost(requested)
    else void carryOut(requested)
  }

  const move = (card: Card, stageId: string, place: Place = {}) =>
    request(card, stageId, place, marks.getState().active === card.id)

  const log = (card: Card, type: string) =>
    now().app.create('activity', {
      initial: {
        type,
        lead: { id: card.id, name: card.title },
        company: card.company,
        contact: card.contact,
      },
      // What was logged shows on the card; the board stays in front.
      onCreated: () => {},
    })

  const actions: BoardActions = {
    columns,
    marks,
    ruler: createCardRuler(document.body),
    move,
    dragging: createDragging({
      columns,
      scroller,
      arranges: () => now().arranges,
      drop(card, { stageId, index }) {
        const { cards } = columnOf(now().board, stageId)
        const place = index === null ? {} : placeAt(cards, index, card.id)
        if (place) request(card, stageId, place, false)
      },
    }),
    open: (card) => now().app.openRecord('lead', card.id),
    openMenu,
    actionsOf: (card) =>
      actionsFor(card, now().board.pipeline.stages, {
        move,
        logCall: (lead) => log(lead, 'call'),
        schedule: (lead) => log(lead, 'follow_up'),
        quote: (lead) =>
          now().app.create('quote', {
            initial: { lead: { id: lead.id, name: lead.title } },
            onCreated: () => {},
          }),
        convert,
      }),
    loadMore: (stageId) => now().loadMore(stageId),
  }
  return { actions, carryOut, now, cardOf: (id: string) => findCard(now().board, id)?.card }
}
