/** Reads the page ahead of the lead whose card the pointer or the focus rests on. */
import { useEffect } from 'react'
import { recordPath } from '../../../app/records'
import { useReadAhead } from '../../../app/useReadAhead'
import type { BoardActions } from './boardContext'

export function useCardsAhead({ marks }: Pick<BoardActions, 'marks'>): void {
  const readAhead = useReadAhead()
  useEffect(
    () =>
      marks.subscribe(({ hovered, focused }, before) => {
        if (hovered === before.hovered && focused === before.focused) return
        const near = hovered ?? focused
        readAhead(near && recordPath('lead', near))
      }),
    [marks, readAhead],
  )
}
