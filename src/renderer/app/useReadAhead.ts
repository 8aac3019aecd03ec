/** Reads pages ahead that are likely to be opened next: what the pointer or the focus rests on. */
import { useRouter } from '@tanstack/react-router'
import { useEffect, useRef } from 'react'

/** Milliseconds; what is only passed over is not read. */
const rest = 50

/** @returns to be called with the address of what is pointed at, or null for nothing any more */
export function useReadAhead(): (path: string | null) => void {
  const router = useRouter()
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  useEffect(() => () => clearTimeout(timer.current), [])
  return (path) => {
    clearTimeout(timer.current)
    if (path === null) return
    timer.current = setTimeout(() => void router.preloadRoute({ to: path as string }), rest)
  }
}
