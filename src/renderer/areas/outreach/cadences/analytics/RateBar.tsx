/** A share as a bar, its 95 % interval as whiskers, both in words beside it. */
import { Text } from '@mantine/core'
import type { Rate } from '../../../../../contract/kernel/rates'
import classes from './analytics.module.css'
import { fewest, rateText } from './rates'

export interface RateBarProps {
  rate: Rate
  /** What is counted: one, several. */
  what: readonly [string, string]
}

export function RateBar({ rate, what }: RateBarProps) {
  const { rate: share, low, high, of } = rate
  const known = share !== null && low !== null && high !== null && of >= fewest
  return (
    <div className={classes.rate}>
      {known && (
        <div className={classes.track} aria-hidden>
          <i className={classes.share} style={{ width: `${share * 100}%` }} />
          <i
            className={classes.whisker}
            style={{ left: `${low * 100}%`, width: `${(high - low) * 100}%` }}
          />
        </div>
      )}
      <Text size="xs" c={known ? 'inherit' : 'dimmed'} className="tabular">
        {rateText(rate, what)}
      </Text>
    </div>
  )
}
