/** Moves as they are made: shown at once, sent one after the other, taken back where refused. */
import { announce } from '@atlaskit/pragmatic-drag-and-drop-live-region'
import { type QueryKey, useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { api } from '../../../api'
import { applyMove, type Board, type BoardSort, type Move, shows } from './board'

interface Pending {
  move: Move
  sentAt: number
  /** When the core had taken it: what is asked for later shows it by itself. */
  takenAt: number
}

/** The change feed brings a move onto the board; where it is slower than this, the board is read. In milliseconds. */
const longestWait = 5000

/**
 * The board with every move that its data does not show yet, and `move` to make a further one;
 * that resolves with whether the core took it.
 */
export function useMoves(data: Board | undefined, key: QueryKey, sort: BoardSort) {
  const cache = useQueryClient()
  const [pending, setPending] = useState<readonly Pending[]>([])
  const { mutateAsync } = useMutation(
    // One after the other, or two quick moves of one card could overtake each other.
    api.leads.moveStage.mutationOptions({ scope: { id: 'moves of leads' } }),
  )
  const move = async (wanted: Move): Promise<boolean> => {
    const { card, ...rest } = wanted
    const shown = cache.getQueryData<Board>(key)
    const sentAt = performance.now()
    setPending((now) => [
      ...now.filter((one) => !shown || !shows(shown, one.move, one)),
      { move: wanted, sentAt, takenAt: Number.POSITIVE_INFINITY },
    ])
    const isMoved = await mutateAsync({ id: card.id, ...rest }).then(
      () => true,
      () => false,
    )
    if (isMoved) {
      const takenAt = performance.now()
      setPending((now) => now.map((one) => (one.move === wanted ? { ...one, takenAt } : one)))
      setTimeout(() => {
        const board = cache.getQueryData<Board>(key)
        if (board && !shows(board, wanted, { sentAt, takenAt }))
          void cache.invalidateQueries({ queryKey: key })
      }, longestWait)
    } else {
      // The shell says why; here the card goes back.
      setPending((now) => now.filter((one) => one.move !== wanted))
      announce(`${card.title} could not be moved and is back where it was.`)
      void cache.invalidateQueries({ queryKey: key })
    }
    return isMoved
  }
  const board =
    data &&
    pending
      .filter((one) => !shows(data, one.move, one))
      .reduce((shown, { move }) => applyMove(shown, move, sort), data)
  return { board, move }
}
