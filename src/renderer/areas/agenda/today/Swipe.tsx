/** A row that fingers push aside: to the right it is done, to the left it is put off. Its buttons do the same. */
import { type UseDragState, useDrag, useReducedMotion } from '@mantine/hooks'
import { IconCheck, IconClockPause } from '@tabler/icons-react'
import { type ReactNode, useRef } from 'react'
import classes from './Swipe.module.css'

/** Less is a finger that trembles or scrolls, in pixels. */
const begins = 12
/** So far, and it happens on letting go. */
const farEnough = 88
const settleTime = 160

export interface SwipeProps {
  onDone(): void
  onPutOff(): void
  children: ReactNode
}

export function Swipe({ onDone, onPutOff, children }: SwipeProps) {
  const still = useReducedMotion()
  const front = useRef<HTMLDivElement>(null)
  const { ref } = useDrag<HTMLDivElement>(
    ({ movement: [along], last, canceled }: UseDragState) => {
      const row = front.current
      const track = row?.parentElement
      if (!row || !track) return
      const isFar = Math.abs(along) >= farEnough
      if (!last) {
        if (along === 0) return
        track.dataset.side = along > 0 ? 'done' : 'off'
        track.toggleAttribute('data-far', isFar)
        row.style.transform = `translateX(${along}px)`
        return
      }
      const happens = isFar && !canceled
      const leaves = happens && along > 0
      const end = leaves ? row.clientWidth : 0
      row.style.transform = ''
      const settling = row.animate(
        { transform: [`translateX(${along}px)`, `translateX(${end}px)`] },
        { duration: still ? 0 : settleTime, easing: 'ease-out', fill: 'forwards' },
      )
      settling.onfinish = () => {
        if (leaves) onDone()
        else if (happens) onPutOff()
        // What is done is gone with the next picture; what was refused is here again.
        requestAnimationFrame(() =>
          requestAnimationFrame(() => {
            settling.cancel()
            delete track.dataset.side
          }),
        )
      }
    },
    { axis: 'lock', axisThreshold: begins / 2, threshold: begins },
  )
  return (
    <div ref={ref} className={classes.track}>
      <span className={classes.done} aria-hidden>
        <IconCheck size={18} stroke={2} /> Done
      </span>
      <span className={classes.off} aria-hidden>
        Put off <IconClockPause size={18} stroke={1.8} />
      </span>
      <div ref={front}>{children}</div>
    </div>
  )
}
