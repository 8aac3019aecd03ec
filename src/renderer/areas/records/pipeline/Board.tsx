/** The columns of a pipeline, and everything that can be done to their cards. */
import { announce } from '@atlaskit/pragmatic-drag-and-drop-live-region'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { type RefObject, useEffect, useLayoutEffect, useMemo, useRef, useState } from 'react'
import type { Card, Pipeline } from '../../../../contract/records/pipeline'
import { api } from '../../../api'
import { useApp } from '../../../app/actions'
import { useShortcuts } from '../../../app/keyboard'
import { useMay } from '../../../app/session'
import { useNarrow } from '../../../ui/useNarrow'
import { useTouch } from '../../../ui/useTouch'
import { ConvertDialog } from '../leads/ConvertDialog'
import { LostDialog } from '../leads/StageStepper'
import classes from './Board.module.css'
import { columnOf, findCard, totalsOf } from './board'
import { type BoardProps, type RequestedMove, useSteadyActions } from './boardActions'
import { BoardContext } from './boardContext'
import { createBoardKeys } from './boardKeys'
import { CardMenu } from './CardMenu'
import { FoldedColumn } from './FoldedColumn'
import { StageColumn } from './StageColumn'
import { StageTabs } from './StageTabs'
import { useBoardInput } from './useBoardInput'
import { useCardsAhead } from './useCardsAhead'
import { useFolding } from './useFolding'

export function Board(props: BoardProps) {
  const { board, arranges } = props
  const app = useApp()
  const cache = useQueryClient()
  const narrow = useNarrow()
  const touch = useTouch()
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

  const { actions, carryOut, now, cardOf } = useSteadyActions({
    now: () => latest.current,
    pipelines: () => cache.getQueryData<Pipeline[]>(api.pipeline.list.queryKey()) ?? [],
    scroller: () => columnsElement.current,
    openMenu: (card, at) => setMenu({ card, at }),
    askWhyLost: setAsked,
    convert: setConverting,
  })

  /** After a menu or dialog of a card the keyboard is on the card again, unless elsewhere. */
  const backTo = (card: Card) =>
    setTimeout(() => {
      const lost = document.activeElement === document.body
      if (lost && cardOf(card.id)?.stageId === card.stageId)
        actions.columns.get(card.stageId)?.focus(card.id)
    })

  // Memoised by hand: a new `press` would bind all the board’s listeners again.
  const keys = useMemo(() => createBoardKeys({ actions, now, mayWrite }), [actions, now, mayWrite])
  useBoardInput({ root, actions, mayWrite, cardOf, onKey: keys.press })
  useCardsAhead(actions)

  useSamePlace(columnsElement, board.pipeline.id)

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
          {board.pipeline.stages.map((stage, index) =>
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
                turn={index}
                column={columnOf(board, stage.id)}
                totals={totalsOf(board, stage.id)}
                mayWrite={mayWrite}
                touch={touch}
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

/** Coming back from a lead finds the board where it was left, sideways too. */
function useSamePlace(columns: RefObject<HTMLElement | null>, pipelineId: string) {
  const cache = useQueryClient()
  useLayoutEffect(() => {
    const element = columns.current
    const key = ['board place', pipelineId]
    if (!element) return
    element.scrollTo({ left: cache.getQueryData<number>(key) ?? 0 })
    return () => {
      cache.setQueryData(key, element.scrollLeft)
    }
  }, [cache, pipelineId, columns])
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
