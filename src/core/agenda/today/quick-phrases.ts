/** Finds phrases for days and times of day in a text. */
import { timeForms } from './quick-clocks'
import { isWithinReach, type Moment } from './quick-dates'
import { dayForms } from './quick-days'
import type { Form, Reading } from './quick-words'

/** A phrase found in a text. */
export interface Phrase extends Reading {
  from: number
  to: number
}

/** The first phrase for a day, in the order of the forms: longer ones come before what they contain. */
export const findDay = (text: string, moment: Moment): Phrase | undefined =>
  find(dayForms, text, moment)

/** The first phrase for a time of day. */
export const findTime = (text: string, moment: Moment): Phrase | undefined =>
  find(timeForms, text, moment)

function find(forms: readonly Form[], text: string, moment: Moment): Phrase | undefined {
  for (const { pattern, read } of forms)
    for (const found of text.matchAll(pattern)) {
      const reading = read(found, moment)
      const { date } = reading ?? {}
      if (!reading || (date && !isWithinReach(date, moment))) continue
      return { ...reading, from: found.index, to: found.index + found[0].length }
    }
  return undefined
}
