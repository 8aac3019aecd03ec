/** A moment as people say it, with the exact one on hover. */
import { useEffect, useState } from 'react'
import { exactText, relativeText, shortText } from './dates'

export interface DateTextProps {
  /** ISO instant, or calendar date. */
  value: string | null
  /** `short` writes the day ("20 Nov") instead of the distance. */
  format?: 'relative' | 'short' | 'moment'
  empty?: string
}

export function DateText({ value, format = 'relative', empty = '–' }: DateTextProps) {
  const now = useMinute()
  if (value === null) return <>{empty}</>
  const text =
    format === 'relative' ? relativeText(value, now) : shortText(value, now, format === 'moment')
  return (
    <time dateTime={value} title={exactText(value)}>
      {text}
    </time>
  )
}

/** Now, renewed each minute so that "just now" does not stay. */
function useMinute(): Date {
  const [now, setNow] = useState(() => new Date())
  useEffect(() => {
    const timer = setInterval(() => setNow(new Date()), 60_000)
    return () => clearInterval(timer)
  }, [])
  return now
}
