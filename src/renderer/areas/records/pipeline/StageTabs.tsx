/** On a phone: the stages as tabs that bring their column into sight, and take cards too. */
import { type RefObject, useEffect, useRef, useState } from 'react'
import { useStore } from 'zustand'
import type { Stage } from '../../../../contract/records/pipeline'
import { type Board, totalsOf } from './board'
import { useBoardActions } from './boardContext'
import classes from './StageTabs.module.css'

export interface StageTabsProps {
  board: Board
  /** What the columns scroll sideways in. */
  columns: RefObject<HTMLDivElement | null>
}

export function StageTabs({ board, columns }: StageTabsProps) {
  const { stages } = board.pipeline
  const shown = useShownStage(columns, stages)
  const { dragging } = useBoardActions()
  const over = useStore(dragging.store, ({ target }) => target?.stageId ?? null)
  const list = useRef<HTMLDivElement>(null)
  useEffect(() => {
    const tab = list.current?.querySelector<HTMLElement>(`[data-tab="${shown}"]`)
    if (!tab || !list.current) return
    const { offsetLeft, offsetWidth } = tab
    list.current.scrollTo({
      left: offsetLeft - (list.current.clientWidth - offsetWidth) / 2,
      behavior: 'smooth',
    })
  }, [shown])
  return (
    <nav ref={list} className={classes.tabs} aria-label="Stages">
      {stages.map((stage) => (
        <button
          key={stage.id}
          type="button"
          className={classes.tab}
          data-tab={stage.id}
          data-drop-stage={stage.id}
          data-over={over === stage.id || undefined}
          aria-current={shown === stage.id}
          onClick={() => bringIntoSight(columns.current, stage.id)}
        >
          <span className={classes.dot} style={{ background: stage.color }} aria-hidden />
          {stage.name}
          <span className={classes.count}>{totalsOf(board, stage.id).leads.toLocaleString()}</span>
        </button>
      ))}
    </nav>
  )
}

function bringIntoSight(columns: HTMLElement | null, stageId: string) {
  columns
    ?.querySelector(`[data-stage="${stageId}"]`)
    ?.scrollIntoView({ inline: 'center', block: 'nearest', behavior: 'smooth' })
}

/** The stage whose column is nearest to the middle. */
function useShownStage(
  columns: RefObject<HTMLDivElement | null>,
  stages: readonly Stage[],
): string | undefined {
  const [shown, setShown] = useState(stages[0]?.id)
  useEffect(() => {
    const element = columns.current
    if (!element) return
    const look = () => {
      const reach = element.scrollWidth - element.clientWidth
      const share = reach > 0 ? element.scrollLeft / reach : 0
      setShown(stages[Math.round(share * (stages.length - 1))]?.id)
    }
    look()
    element.addEventListener('scroll', look, { passive: true })
    return () => element.removeEventListener('scroll', look)
  }, [columns, stages])
  return shown
}
