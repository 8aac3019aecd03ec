/** What the past says for a suggestion, in one honest line. Pure. */
import type { Suggestion } from '../../../../contract/outreach/suggestions'

const percent = (share: number) => Math.round(share * 100)

/** "3 of 11 answered, 12–48 %", or how little there is to tell from. */
export function evidenceText({
  enough,
  cases,
  answered,
  low,
  high,
}: Suggestion['evidence']): string {
  if (!enough || low === null || high === null) {
    return cases === 0
      ? 'not enough data yet, as there was no case like it'
      : `not enough data yet, only ${cases.toLocaleString()} ${cases === 1 ? 'case' : 'cases'} like it`
  }
  return `${answered.toLocaleString()} of ${cases.toLocaleString()} answered, ${percent(low)}–${percent(high)} %`
}
