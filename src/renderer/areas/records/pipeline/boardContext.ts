/** What every part of the board can ask of it; steady for as long as the board is shown. */
import { createContext, useContext } from 'react'
import type { StoreApi } from 'zustand/vanilla'
import type { Card } from '../../../../contract/records/pipeline'
import type { Place } from './board'
import type { CardAction } from './cardActions'
import type { CardRuler } from './cardLayout'
import type { ColumnHandle, Dragging } from './dragging'

/** Lead ids that mean something at the moment. */
export interface BoardMarks {
  /** The card that the keyboard is on, or would begin at. */
  active: string | null
  /** It has the focus. */
  focused: string | null
  /** The mouse is over it. */
  hovered: string | null
  /** The stage in which a lead was won a moment ago. */
  celebrating: string | null
}

export interface BoardActions {
  columns: Map<string, ColumnHandle>
  dragging: Dragging
  marks: StoreApi<BoardMarks>
  ruler: CardRuler
  /** Moves at once, or asks first where the stage wants a reason. */
  move(card: Card, stageId: string, place?: Place): void
  open(card: Card): void
  openMenu(card: Card, at: { x: number; y: number }): void
  /** What can be done with a card where it is, most usual first. */
  actionsOf(card: Card): readonly CardAction[]
  loadMore(stageId: string): void
}

export const BoardContext = createContext<BoardActions | null>(null)

export function useBoardActions(): BoardActions {
  const board = useContext(BoardContext)
  if (!board) throw new Error('a part of the board needs the board around it')
  return board
}
