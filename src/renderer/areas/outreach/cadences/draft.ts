/** Steps of a cadence as they are being edited, before they are saved. */

import type {
  CadenceStep,
  CadenceStepInput,
  CadenceWithSteps,
} from '../../../../contract/outreach/cadences'
import type { DelayUnit } from '../../../../contract/outreach/words'

type CadenceIssue = CadenceWithSteps['issues'][number]

/** A step with a key of its own: a new one has no id yet. */
export interface DraftStep extends Omit<CadenceStep, 'id'> {
  key: string
  id: string | undefined
}

export const draftOf = (steps: readonly CadenceStep[]): DraftStep[] =>
  steps.map((step) => ({ ...step, key: step.id }))

/** What is sent: keys are the screen's own. */
export const inputOf = (steps: readonly DraftStep[]): CadenceStepInput[] =>
  steps.map(({ key: _key, id, ...step }) => (id === undefined ? step : { ...step, id }))

export const emptyStep = (key: string, first: boolean): DraftStep => ({
  key,
  id: undefined,
  type: 'call',
  automated: false,
  delay: first ? 0 : 2,
  delayUnit: 'business_days',
  window: null,
  subject: null,
  body: null,
  variants: [],
  branches: [],
  missed: 'do_now',
})

/** The same step once more, as a new one. */
export const copyOf = (step: DraftStep, key: string): DraftStep => ({ ...step, key, id: undefined })

/** Branches lead to steps that exist and come later; others are dropped when steps move or go. */
export function withSoundBranches(steps: readonly DraftStep[]): DraftStep[] {
  return steps.map((step, index) => {
    const later = new Set(steps.slice(index + 1).map(({ id }) => id))
    const branches = step.branches.filter(
      ({ go, stepId }) => go !== 'to_step' || (stepId !== null && later.has(stepId)),
    )
    return branches.length === step.branches.length ? step : { ...step, branches }
  })
}

/** Issues of one step by the field they name, e.g. `delay` or `variants.0.body`; '' for the step itself. */
export function issuesOfStep(issues: readonly CadenceIssue[], index: number): Map<string, string> {
  const found = new Map<string, string>()
  const prefix = `steps.${index}`
  for (const { path, message } of issues) {
    if (path !== prefix && !path.startsWith(`${prefix}.`)) continue
    const field = path.slice(prefix.length + 1)
    if (!found.has(field)) found.set(field, message)
  }
  return found
}

export const unitLabels: Readonly<Record<DelayUnit, string>> = {
  minutes: 'minutes',
  hours: 'hours',
  days: 'calendar days',
  business_days: 'working days',
}

/** “at once”, “2 working days later”. */
export function delayText({ delay, delayUnit }: Pick<DraftStep, 'delay' | 'delayUnit'>): string {
  if (delay === 0) return 'at once'
  const unit = unitLabels[delayUnit]
  return `${delay} ${delay === 1 ? unit.replace(/s$/, '') : unit} later`
}

/**
 * On which day after the start each step is due if every one is done at once, counted from 1.
 * Working days are counted as five to a week: the preview on real leads knows holidays.
 */
export function daysOf(steps: readonly Pick<DraftStep, 'delay' | 'delayUnit'>[]): number[] {
  let minutes = 0
  return steps.map(({ delay, delayUnit }) => {
    minutes += delay * minutesPer[delayUnit]
    return Math.floor(minutes / minutesPer.days) + 1
  })
}
const minutesPer: Readonly<Record<DelayUnit, number>> = {
  minutes: 1,
  hours: 60,
  days: 1440,
  business_days: (1440 * 7) / 5,
}
