/** Shares with the uncertainty that small numbers bring. Pure. */
import type { Rate } from '../../contract/kernel/rates'

/** Standard normal quantile of a two-sided 95 % interval. */
const z = 1.959964

/**
 * A share with its Wilson score interval (E. B. Wilson, "Probable Inference, the Law of
 * Succession, and Statistical Inference", JASA 22, 1927): it stays within 0 and 1 and holds for
 * few cases and for shares near the ends, where the usual ± is wrong.
 */
export function rateOf(count: number, of: number): Rate {
  if (of === 0) return { count, of, rate: null, low: null, high: null }
  const share = count / of
  const scale = 1 + (z * z) / of
  const middle = (share + (z * z) / (2 * of)) / scale
  const reach = (z * Math.sqrt((share * (1 - share)) / of + (z * z) / (4 * of * of))) / scale
  return {
    count,
    of,
    rate: share,
    low: Math.max(0, middle - reach),
    high: Math.min(1, middle + reach),
  }
}

export function medianOf(sorted: readonly number[]): number | null {
  if (sorted.length === 0) return null
  const middle = Math.floor(sorted.length / 2)
  const upper = sorted[middle] ?? 0
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? 0) + upper) / 2
}
