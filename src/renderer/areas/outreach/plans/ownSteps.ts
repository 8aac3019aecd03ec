/** Steps of one plan's own, written by their days, and what the core is asked of them. */
import type { CadenceStepInput } from '../../../../contract/outreach/cadences'

export interface OwnStep {
  key: string
  type: string
  /** ISO calendar date; null while none is given. */
  date: string | null
  subject: string
}

const day = 86_400_000
const usualGap = 2

/** @param after the day of the step before; none for the first, which begins today */
export const ownStep = (key: string, today: string, after?: string | null): OwnStep => ({
  key,
  type: after === undefined ? 'call' : 'follow_up',
  date: after ? dateAfter(after, usualGap) : today,
  subject: '',
})

const dateAfter = (date: string, days: number): string =>
  new Date(Date.parse(date) + days * day).toISOString().slice(0, 10)

/** What is wrong with the day of each step, by its key. */
export function faultsOf(steps: readonly OwnStep[], today: string): Map<string, string> {
  const faults = new Map<string, string>()
  let last = today
  for (const { key, date } of steps) {
    if (date === null) faults.set(key, 'Needs a day')
    else if (date < last) faults.set(key, last === today ? 'Is over' : 'Before the step before')
    if (date !== null && date > last) last = date
  }
  return faults
}

/** The same as delays, each counted from the step before, as plans keep them. */
export function inputOf(steps: readonly OwnStep[], today: string): CadenceStepInput[] {
  let last = today
  return steps.map(({ type, date, subject }) => {
    const delay = Math.round((Date.parse(date ?? last) - Date.parse(last)) / day)
    last = date ?? last
    return {
      type,
      automated: false,
      delay,
      delayUnit: 'days',
      window: null,
      subject: subject.trim() || null,
      body: null,
      variants: [],
      branches: [],
      missed: 'do_now',
    }
  })
}
