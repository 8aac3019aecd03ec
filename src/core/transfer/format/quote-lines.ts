/** The lines of a quote in one cell, as a person reads them and as they are read again. */
import type * as z from 'zod'
import { cleanLine } from '../../../contract/kernel/text'
import { QuoteLine } from '../../../contract/records/quotes'

type Line = z.output<typeof QuoteLine>

const most = 200

/** `Pump: 2 × 12.50 − 10 %`, one a line. */
export const linesInCell = (lines: readonly Line[]): string => lines.map(lineText).join('\n')

const lineText = ({ description, quantity, unitPrice, discount }: Line): string =>
  `${description}: ${quantity} × ${unitPrice}${discount > 0 ? ` − ${discount} %` : ''}`

const number = String.raw`\d+(?:\.\d+)?(?:e[+-]?\d+)?`
/** A description may hold anything, numbers and colons among it: what is last counts. */
const form = new RegExp(
  `^(.*): *(${number}) *[×x*] *(-?\\d+(?:\\.\\d+)?)(?: *[−-] *(${number}) *%)?$`,
  'i',
)

/** Lines, or what is wrong with the first that is none. */
export function linesFromCell(cell: string): { lines: Line[] } | { problem: string } {
  const texts = cell.split(/\r?\n/).filter((text) => text.trim() !== '')
  if (texts.length > most) return { problem: `must have at most ${most} lines` }
  const lines: Line[] = []
  for (const text of texts) {
    const [, description = '', quantity, unitPrice, discount = 0] = form.exec(text.trim()) ?? []
    const parsed = QuoteLine.safeParse({
      description: cleanLine(description),
      quantity: Number(quantity),
      unitPrice,
      discount: Number(discount),
    })
    if (!parsed.success) {
      const shown = text.length > 60 ? `${text.slice(0, 59)}…` : text
      return { problem: `has a line “${shown}”: write lines like “Pump: 2 × 12.50 − 10 %”` }
    }
    lines.push(parsed.data)
  }
  return { lines }
}
