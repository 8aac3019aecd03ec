/** A short shower of paper over a stage in which a lead has just been won. */
import type { CSSProperties } from 'react'
import { useStore } from 'zustand'
import { useBoardActions } from './boardContext'
import classes from './Celebration.module.css'

const colors = ['#24806e', '#e8a63c', '#5fae99', '#d9534a', '#7a6bd1']
const pieces = Array.from({ length: 18 }, (_, index) => ({
  key: index,
  style: {
    '--x': `${Math.cos(index * 2.4) * (40 + (index % 5) * 14)}px`,
    '--y': `${-50 - (index % 6) * 16}px`,
    '--turn': `${(index % 2 ? 1 : -1) * (180 + index * 30)}deg`,
    background: colors[index % colors.length],
    animationDelay: `${(index % 4) * 30}ms`,
  } as CSSProperties,
}))

/** How long it takes, in milliseconds. */
export const celebrationTime = 1400

export function Celebration({ stageId }: { stageId: string }) {
  const { marks } = useBoardActions()
  const celebrating = useStore(marks, (now) => now.celebrating === stageId)
  if (!celebrating) return null
  return (
    <div className={classes.celebration} aria-hidden>
      {pieces.map(({ key, style }) => (
        <span key={key} style={style} />
      ))}
    </div>
  )
}
