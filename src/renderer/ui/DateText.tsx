/** A moment as people say it, with the exact one on hover. */
import { exactText, relativeText, shortText } from './dates'
import { useMinute } from './Minute'

export interface DateTextProps {
  /** ISO instant, or calendar date. */
  value: string | null
  /** `short` writes the day ("20 Nov") instead of the distance. */
  format?: 'relative' | 'short' | 'moment'
  empty?: string
}

export function DateText({ value, format = 'relative', empty = '–' }: DateTextProps) {
  const minute = useMinute()
  if (value === null) return <>{empty}</>
  // What happened since the minute began did not happen in the future.
  const now = new Date(value) > minute ? new Date() : minute
  const text =
    format === 'relative' ? relativeText(value, now) : shortText(value, now, format === 'moment')
  return (
    <time dateTime={value} title={exactText(value)}>
      {text}
    </time>
  )
}
