/**
 * How tall a card is, worked out from what is on it: a column of thousands is laid out without drawing
 * any of them. The figures are those of `Card.module.css`, in rem.
 */
import type { Card } from '../../../../contract/records/pipeline'

export interface CardLayout {
  titleLines: 1 | 2
  /** In pixels. */
  height: number
}

const line = { title: 1.125, whose: 1.125, worth: 1.375, quiet: 1.125, signal: 1.25 }
/** Above, below, and the border, in pixels as the border is. */
const around = 9 + 7 + 2
/** Left, right, and the border. */
const beside = 12 + 10 + 2
const titleSize = 0.8125

export interface CardRuler {
  /** @param width of the card in pixels */
  layOut(card: Card, width: number): CardLayout
}

/** @param element whose font the cards have */
export function createCardRuler(element: HTMLElement): CardRuler {
  const rem = Number.parseFloat(getComputedStyle(document.documentElement).fontSize)
  const canvas = document.createElement('canvas').getContext('2d')
  if (canvas)
    canvas.font = `600 ${titleSize * rem}px ${getComputedStyle(element).fontFamily || 'sans-serif'}`
  const widths = new WeakMap<Card, number>()
  const widthOf = (card: Card): number => {
    const known = widths.get(card)
    if (known !== undefined) return known
    const width = canvas?.measureText(card.title).width ?? card.title.length * rem
    widths.set(card, width)
    return width
  }
  return {
    layOut(card, width) {
      // A hair less than there is: the page may round the other way.
      const titleLines = widthOf(card) > width - beside - 1 ? 2 : 1
      return { titleLines, height: around + rem * (linesOf(card) + titleLines * line.title) }
    },
  }
}

const linesOf = (card: Card): number =>
  (showsWhose(card) ? line.whose : 0) +
  (showsWorth(card) ? line.worth : 0) +
  (card.rotting ? line.quiet : 0) +
  (showsSignal(card) ? line.signal : 0)

export const isPressing = ({ priority }: Card) => priority === 'high' || priority === 'urgent'
export const showsWhose = (card: Card) => Boolean(card.company ?? card.contact) || isPressing(card)
export const showsWorth = ({ value, expectedCloseDate, owner }: Card) =>
  Boolean(value ?? expectedCloseDate ?? owner)
export const showsSignal = ({ status, nextStepAt, tags }: Card) =>
  status === 'open' || nextStepAt !== null || tags.length > 0
