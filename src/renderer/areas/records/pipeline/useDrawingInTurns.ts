/**
 * Which cards a column draws by now: those in sight first, one column after the other, so that no frame is
 * long; when nothing else is to be done also some beyond, which are there when it is scrolled.
 */
import { startTransition, useEffect, useState } from 'react'
import { whenIdle } from '../../../ui/whenIdle'

/** Milliseconds after which it no longer waits until nothing else is to be done. */
const patience = 1000

/** @param turn how many frames it waits for the columns before it */
export function useDrawingInTurns(turn: number): 'nothing' | 'in sight' | 'beyond' {
  const [drawing, setDrawing] = useState<'nothing' | 'in sight' | 'beyond'>(
    turn === 0 ? 'in sight' : 'nothing',
  )
  const [firstTurn] = useState(turn)
  useEffect(() => {
    let frame = 0
    let callOff = () => {}
    const draw = (framesLeft: number) => {
      if (framesLeft > 0) {
        frame = requestAnimationFrame(() => draw(framesLeft - 1))
        return
      }
      setDrawing('in sight')
      callOff = whenIdle(() => startTransition(() => setDrawing('beyond')), patience)
    }
    draw(firstTurn)
    return () => {
      cancelAnimationFrame(frame)
      callOff()
    }
  }, [firstTurn])
  return drawing
}
