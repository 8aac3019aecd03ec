/** The columns of a pipeline, and everything that can be done to their cards. */
import { announce } from '@atlaskit/pragmatic-drag-and-drop-live-region'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useCallback, useEffect, useLayoutEffect, useMemo, useRef, useState } from 'react'
import { createStore } from 'zustand/vanilla'
import type { Card, Pipeline, Stage } from '../../../../contract/records/pipeline'
import { api } from '../../../api'
import { useApp } from '../../../app/actions'
import { useShortcuts } from '../../../app/keyboard'
import { useMay } from '../../../app/session'
import { useNarrow } from '../../../ui/useNarrow'
import { ConvertDialog } from '../leads/ConvertDialog'
import { LostDialog } from '../leads/StageStepper'
import classes from './Board.module.css'
import { columnOf, type Board as Data, findCard, type Place, placeAt, totalsOf } from './board'
import { type BoardActions, BoardContext, type BoardMarks } from './boardContext'
import { CardMenu } from './CardMenu'
import { celebrationTime } from './Celebration'
import { actionsFor } from './cardActions'
import { createCardRuler } from './cardLayout'
import { type ColumnHandle, createDragging } from './dragging'
import { FoldedColumn } from './FoldedColumn'
import { StageColumn } from './StageColumn'
import { StageTabs } from './StageTabs'
import { useBoardInput } from './useBoardInput'
import { useBoardKeys } from './useBoardKeys'
import { useFolding } from './useFolding'
import type { useMoves } from './useMoves'

export interface BoardProps {
  board: Data
  /** Cards have an order of their own, and can be put between others. */
  arranges: boolean
  send: ReturnType<typeof useMoves>['move']
  loadMore(stageId: string): void
}

interface RequestedMove {
  card: Card
  stage: Stage
  place: Place
  /** The keyboard goes along with the card. */
  follow: boolean
}

export function Board(props: BoardProps) {
  const { board, arranges } = props
  const app = useApp()
  const cache = useQueryClient()
  const narrow = useNarrow()
  const mayWrite = useMay('write')
  const root = useRef<HTMLElement>(null)
  const columnsElement = useRef<HTMLDivElement>(null)
  const [menu, setMenu] = useState<{ card: Card; at: { x: number; y: number } } | null>(null)
  /** Waits for the reason a lead was lost. */
  const [asked, setAsked] = useState<RequestedMove | null>(null)
  const [converting, setConverting] = useState<Card | null>(null)
  const { isFolded, fold, unfold } = useFolding()

  // The actions below stay the same for as long as the board is shown; they read what is drawn.
  const latest = useRef({ ...props, app })
  useLayoutEffect(() => {
    latest.current = { ...props, app }
  })

  const { actions, carryOut } = useMemo(() => {
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
      const { board, send } = latest.current
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

    function wish(card: Card, stageId: string, place: Place, follow: boolean) {
      const known = [
        latest.current.board.pipeline,
        ...(cache.getQueryData<Pipeline[]>(api.pipeline.list.queryKey()) ?? []),
      ]
      const stage = known.flatMap(({ stages }) => stages).find(({ id }) => id === stageId)
      const stays = stageId === card.stageId
      if (!stage || (stays && !place.afterId && !place.beforeId)) return
      const wished = { card, stage, place, follow }
      if (stage.kind === 'lost' && card.status !== 'lost') setAsked(wished)
      else void carryOut(wished)
    }

    const move = (card: Card, stageId: string, place: Place = {}) =>
      wish(card, stageId, place, marks.getState().active === card.id)

    const log = (card: Card, type: string) =>
      latest.current.app.create('activity', {
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
        scroller: () => columnsElement.current,
        arranges: () => latest.current.arranges,
        drop(card, { stageId, index }) {
          const { cards } = columnOf(latest.current.board, stageId)
          const place = index === null ? {} : placeAt(cards, index, card.id)
          if (place) wish(card, stageId, place, false)
        },
      }),
      open: (card) => latest.current.app.openRecord('lead', card.id),
      openMenu: (card, at) => setMenu({ card, at }),
      actionsOf: (card) =>
        actionsFor(card, latest.current.board.pipeline.stages, {
          move,
          logCall: (lead) => log(lead, 'call'),
          schedule: (lead) => log(lead, 'follow_up'),
          quote: (lead) =>
            latest.current.app.create('quote', {
              initial: { lead: { id: lead.id, name: lead.title } },
              onCreated: () => {},
            }),
          convert: setConverting,
        }),
      loadMore: (stageId) => latest.current.loadMore(stageId),
    }
    return { actions, carryOut }
  }, [cache])

  /** After a menu or dialog of a card the keyboard is on the card again, unless elsewhere. */
  const backTo = (card: Card) =>
    setTimeout(() => {
      const lost = document.activeElement === document.body
      if (lost && findCard(latest.current.board, card.id)?.stageId === card.stageId)
        actions.columns.get(card.stageId)?.focus(card.id)
    })

  const cardOf = useCallback((id: string) => findCard(latest.current.board, id)?.card, [])
  const keys = useBoardKeys({
    actions,
    read: useCallback(() => latest.current, []),
    mayWrite,
  })
  useBoardInput({ root, actions, mayWrite, cardOf, onKey: keys.press })

  // Coming back from a lead finds the board where it was left, sideways too.
  const placeKey = useMemo(() => ['board place', board.pipeline.id], [board.pipeline.id])
  useLayoutEffect(() => {
    const element = columnsElement.current
    if (!element) return
    element.scrollLeft = cache.getQueryData<number>(placeKey) ?? 0
    return () => {
      cache.setQueryData(placeKey, element.scrollLeft)
    }
  }, [cache, placeKey])

  // Tab reaches the board at one card: where the keyboard was last, else the first.
  useEffect(() => {
    const { active } = actions.marks.getState()
    if (active && findCard(board, active)) return
    const first = board.pipeline.stages
      .flatMap((stage) => (!narrow && isFolded(stage) ? [] : columnOf(board, stage.id).cards))
      .at(0)
    actions.marks.setState({ active: first?.id ?? null })
  }, [board, actions, narrow, isFolded])

  const focusedAction = (id: string) => () => {
    const { focused, hovered } = actions.marks.getState()
    const card = cardOf(focused ?? hovered ?? '')
    if (card)
      actions
        .actionsOf(card)
        .find((action) => action.id === id)
        ?.run()
  }
  useShortcuts({
    nextRow: () => keys.walk('ArrowDown'),
    previousRow: () => keys.walk('ArrowUp'),
    ...(mayWrite ? { logCall: focusedAction('call') } : {}),
  })

  return (
    <BoardContext value={actions}>
      <section
        ref={root}
        className={classes.board}
        aria-label={board.pipeline.name}
        aria-describedby="board-keys"
      >
        <p id="board-keys" hidden>
          Arrow keys walk from card to card, Alt with arrow keys moves the card, Enter opens it.
        </p>
        {narrow && <StageTabs board={board} columns={columnsElement} />}
        <div ref={columnsElement} className={classes.columns}>
          {board.pipeline.stages.map((stage) =>
            !narrow && isFolded(stage) ? (
              <FoldedColumn
                key={stage.id}
                stage={stage}
                totals={totalsOf(board, stage.id)}
                onUnfold={unfold}
              />
            ) : (
              <StageColumn
                key={stage.id}
                stage={stage}
                column={columnOf(board, stage.id)}
                totals={totalsOf(board, stage.id)}
                mayWrite={mayWrite}
                onFold={narrow ? undefined : fold}
              />
            ),
          )}
        </div>
        {menu && (
          <CardMenu
            key={menu.card.id}
            {...menu}
            board={board}
            arranges={arranges}
            onClose={() => {
              setMenu(null)
              backTo(menu.card)
            }}
          />
        )}
        {asked && (
          <LostDialog
            leadId={asked.card.id}
            title={`Move “${asked.card.title}” to ${asked.stage.name}`}
            busy={false}
            onClose={() => {
              announce(`${asked.card.title} stays where it was.`)
              setAsked(null)
              backTo(asked.card)
            }}
            onGive={(reason, keepAgain) => {
              void carryOut(asked, reason).then((isMoved) => isMoved || keepAgain())
              setAsked(null)
            }}
          />
        )}
        {converting && <Convert card={converting} onClose={() => setConverting(null)} />}
      </section>
    </BoardContext>
  )
}

/** The dialog needs the whole lead; a lead that is a customer already leads there. */
function Convert({ card, onClose }: { card: Card; onClose(): void }) {
  const app = useApp()
  const lead = useQuery(api.leads.get.queryOptions({ input: { id: card.id } })).data
  const customer = lead?.customer?.id
  useEffect(() => {
    if (!customer) return
    onClose()
    app.openRecord('customer', customer)
  }, [customer, onClose, app])
  return lead && !customer ? <ConvertDialog lead={lead} onClose={onClose} /> : null
}
