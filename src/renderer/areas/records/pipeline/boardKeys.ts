/** The board by keyboard: arrows walk from card to card, Alt with arrows takes the card along. */
import { announce } from '@atlaskit/pragmatic-drag-and-drop-live-region'
import type { Card } from '../../../../contract/records/pipeline'
import { type Board, columnOf, placeAt } from './board'
import type { BoardActions } from './boardContext'

const arrows = ['ArrowUp', 'ArrowDown', 'ArrowLeft', 'ArrowRight', 'Home', 'End'] as const
export type Arrow = (typeof arrows)[number]

export interface BoardKeysOptions {
  actions: BoardActions
  now(): { board: Board; arranges: boolean }
  mayWrite: boolean
}

export function createBoardKeys({ actions, now, mayWrite }: BoardKeysOptions) {
  const focus = (card: Card | undefined) => {
    if (card) actions.columns.get(card.stageId)?.focus(card.id)
    return card !== undefined
  }

  function walkFrom(card: Card, arrow: Arrow): boolean {
    const { cards } = columnOf(now().board, card.stageId)
    if (arrow === 'Home') return focus(cards[0])
    if (arrow === 'End') return focus(cards.at(-1))
    if (arrow === 'ArrowLeft' || arrow === 'ArrowRight') return focus(beside(card, arrow))
    const index = cards.findIndex(({ id }) => id === card.id)
    return focus(cards[index + (arrow === 'ArrowUp' ? -1 : 1)])
  }

  /** The card at the same height of the next column that shows any. */
  function beside(card: Card, arrow: 'ArrowLeft' | 'ArrowRight'): Card | undefined {
    const { stages } = now().board.pipeline
    const at = stages.findIndex(({ id }) => id === card.stageId)
    const others =
      arrow === 'ArrowLeft' ? stages.slice(0, Math.max(0, at)).reverse() : stages.slice(at + 1)
    const box = document.querySelector(`[data-card="${card.id}"]`)?.getBoundingClientRect()
    const height = box ? box.top + box.height / 2 : 0
    for (const stage of others) {
      const found = actions.columns.get(stage.id)?.cardAt(height)
      if (found) return found
    }
    return undefined
  }

  function take(card: Card, arrow: Arrow): boolean {
    const { board, arranges } = now()
    if (arrow === 'ArrowLeft' || arrow === 'ArrowRight') {
      const { stages } = board.pipeline
      const at = stages.findIndex(({ id }) => id === card.stageId)
      const target = stages[at + (arrow === 'ArrowLeft' ? -1 : 1)]
      if (!target) return true
      actions.move(card, target.id)
      return true
    }
    if (arrow !== 'ArrowUp' && arrow !== 'ArrowDown') return false
    if (!arranges) {
      announce('Cards are sorted. Select “Manual” to arrange them yourself.')
      return true
    }
    const { cards } = columnOf(board, card.stageId)
    const index = cards.findIndex(({ id }) => id === card.id)
    const next = arrow === 'ArrowUp' ? index - 1 : index + 2
    const place = next < 0 || next > cards.length ? undefined : placeAt(cards, next, card.id)
    if (!place) return true
    actions.move(card, card.stageId, place)
    return true
  }

  return {
    /** Answers whether the key meant something. */
    press(card: Card, event: KeyboardEvent): boolean {
      const arrow = arrows.find((name) => name === event.key)
      if (!arrow || event.ctrlKey || event.metaKey || event.shiftKey) return false
      if (event.altKey) return mayWrite && take(card, arrow)
      walkFrom(card, arrow)
      return true
    },
    /** From the card that the keyboard is on. */
    walk(arrow: Arrow) {
      const { board } = now()
      const { active, focused } = actions.marks.getState()
      const card = Object.values(board.columns)
        .flatMap(({ cards }) => cards)
        .find(({ id }) => id === active)
      if (!card) return
      if (focused) walkFrom(card, arrow)
      else focus(card)
    },
  }
}
