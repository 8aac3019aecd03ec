/** Money on the page: figures of one width, exact value on hover where it is shortened. */
import type { Money } from '../../contract/kernel/shapes'
import { compactMoneyText, moneyText } from './money'

export interface MoneyTextProps {
  /** One amount, or one per currency. */
  value: Money | readonly Money[] | null
  compact?: boolean
  empty?: string
}

export function MoneyText({ value, compact = false, empty = '–' }: MoneyTextProps) {
  const amounts = value === null ? [] : 'currency' in value ? [value] : value
  if (amounts.length === 0) return <>{empty}</>
  const exact = amounts.map((amount) => moneyText(amount)).join(' + ')
  const shown = compact
    ? amounts.map(compactMoneyText).join(' + ')
    : amounts.map((amount) => moneyText(amount, true)).join(' + ')
  return (
    <span className="tabular" title={exact}>
      {shown}
    </span>
  )
}
