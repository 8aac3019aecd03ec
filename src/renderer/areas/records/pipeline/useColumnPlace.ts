/** How wide a column is, and where it is scrolled to: kept while the board is away, so that coming back draws it at once. */
import { useQueryClient } from '@tanstack/react-query'
import { type RefObject, useLayoutEffect, useState } from 'react'

/** Pixels of what scrolls. */
interface Place {
  top: number
  width: number
  height: number
}

export interface ColumnPlace {
  /** As it was left. */
  left: Place | undefined
  /** Undefined until it is measured. */
  width: number | undefined
}

export function useColumnPlace(
  scroller: RefObject<HTMLDivElement | null>,
  stageId: string,
): ColumnPlace {
  const cache = useQueryClient()
  const [left] = useState(() => cache.getQueryData<Place>(placeKey(stageId)))
  const [width, setWidth] = useState(left?.width)
  useLayoutEffect(() => {
    const element = scroller.current
    if (!element) return
    const look = () => setWidth(element.clientWidth)
    look()
    const observer = new ResizeObserver(look)
    observer.observe(element)
    return () => {
      observer.disconnect()
      cache.setQueryData<Place>(placeKey(stageId), {
        top: element.scrollTop,
        width: element.clientWidth,
        height: element.clientHeight,
      })
    }
  }, [cache, stageId, scroller])
  return { left, width }
}

const placeKey = (stageId: string) => ['board place', stageId]
