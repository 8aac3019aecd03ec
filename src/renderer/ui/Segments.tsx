/**
 * One of a few choices, side by side, where a page is drawn often: Mantine's control renders four times and
 * lays out the whole page to find the place of its moving mark.
 */
import { useId } from 'react'
import classes from './Segments.module.css'

export interface SegmentsProps<Value extends string> {
  label: string
  value: Value
  onChange(value: Value): void
  data: readonly { value: Value; label: string }[]
  /** As wide as there is room, and as tall as a finger needs. */
  wide?: boolean
}

export function Segments<Value extends string>(props: SegmentsProps<Value>) {
  const { label, value, onChange, data, wide = false } = props
  const name = useId()
  return (
    <div
      role="radiogroup"
      aria-label={label}
      className={classes.segments}
      data-wide={wide || undefined}
    >
      {data.map((choice) => (
        <label key={choice.value} className={classes.segment}>
          <input
            type="radio"
            className={classes.input}
            name={name}
            value={choice.value}
            checked={choice.value === value}
            onChange={() => onChange(choice.value)}
          />
          <span className={classes.text}>{choice.label}</span>
        </label>
      ))}
    </div>
  )
}
