/** Sums of a quote while its lines are being written; the core's own answer counts once it is saved. */
import { minorDigits } from '../../../../contract/kernel/currencies'
import { moneyFromMinor } from '../../../../contract/kernel/money'
import type { Money } from '../../../../contract/kernel/shapes'
import { readAmount } from '../../../ui/money'

/** A line as its fields hold it. */
export interface DraftLine {
  /** Steady while lines come and go. */
  key: string
  description: string
  quantity: number | null
  unitPrice: string
  discount: number | null
}

export interface QuoteTotals {
  subtotal: Money
  tax: Money
  total: Money
}

/** Each line is rounded to the currency's smallest unit after its discount, the tax once on the sum. */
export function totalsOf(
  lines: readonly DraftLine[],
  taxRate: number,
  currency: string,
): QuoteTotals {
  const subtotal = lines.reduce((sum, line) => sum + lineMinor(line, currency), 0)
  const tax = Math.round((subtotal * taxRate) / 100)
  return {
    subtotal: moneyFromMinor(subtotal, currency),
    tax: moneyFromMinor(tax, currency),
    total: moneyFromMinor(subtotal + tax, currency),
  }
}

export const lineTotal = (line: DraftLine, currency: string): Money =>
  moneyFromMinor(lineMinor(line, currency), currency)

/** What the core takes; lines nobody has begun to fill are left out. */
export function linesInput(lines: readonly DraftLine[]) {
  return lines
    .filter(({ description, unitPrice }) => description.trim() !== '' || unitPrice.trim() !== '')
    .map(({ description, quantity, unitPrice, discount }) => ({
      description: description.trim(),
      quantity: quantity ?? 1,
      unitPrice: readAmount(unitPrice || '0') ?? unitPrice,
      discount: discount ?? 0,
    }))
}

export const emptyLine = (key: string): DraftLine => ({
  key,
  description: '',
  quantity: 1,
  unitPrice: '',
  discount: null,
})

function lineMinor({ quantity, unitPrice, discount }: DraftLine, currency: string): number {
  const price = Number(readAmount(unitPrice) ?? 0)
  const exact = (quantity ?? 1) * price * (1 - (discount ?? 0) / 100) * 10 ** minorDigits(currency)
  // toPrecision takes off the binary dust of products like 1.005 × 100 before rounding.
  return Math.round(Number(exact.toPrecision(15)))
}
