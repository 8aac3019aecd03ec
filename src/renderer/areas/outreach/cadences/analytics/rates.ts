/** Rates as people may trust them: counts, the share, its interval, and when there is too little to tell. Pure. */
import type { Rate } from '../../../../../contract/kernel/rates'

/** Below so many cases the interval is wider than anything worth knowing. */
export const fewest = 10

export const percentText = (share: number) => `${Math.round(share * 100)} %`

/** @param what what is counted, e.g. `['plan', 'plans']` */
export function rateText(
  { count, of, rate, low, high }: Rate,
  [one, many]: readonly [string, string],
): string {
  if (of === 0 || rate === null || low === null || high === null) return `no ${many} yet`
  if (of < fewest) return `${count} of ${of} ${of === 1 ? one : many}: too few to tell`
  return `${count.toLocaleString()} of ${of.toLocaleString()}, ${percentText(rate)} (${Math.round(low * 100)}–${percentText(high)})`
}

/** "5 hours", "3.2 days"; null where nobody has answered. */
export function waitText(hours: number | null): string {
  if (hours === null) return 'no answer yet'
  if (hours < 1) return 'under an hour'
  const [value, unit] = hours < 48 ? [hours, 'hour'] : [hours / 24, 'day']
  const text = value.toLocaleString(undefined, { maximumFractionDigits: value < 10 ? 1 : 0 })
  return `${text} ${text === '1' ? unit : `${unit}s`}`
}
