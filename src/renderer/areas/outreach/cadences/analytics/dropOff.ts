/** How many plans come as far as each step, and what became of them there. Pure. */
import type { CadenceAnalytics } from '../../../../../contract/outreach/cadences'

type StepFigures = Pick<
  CadenceAnalytics['steps'][number],
  'position' | 'type' | 'variant' | 'reached' | 'done' | 'skipped' | 'dropped'
>

export interface StepParts {
  /** "2. Call" */
  step: string
  wentOn: number
  waiting: number
  ended: number
}

/** The steps that the cadence has now, in their order; variants are counted with their step. */
export const dropOffOf = (
  steps: readonly StepFigures[],
  typeLabel: (type: string) => string,
): StepParts[] =>
  steps
    .filter(({ variant, position }) => variant === null && position !== null)
    .map(({ position, type, reached, done, skipped, dropped }) => ({
      step: `${(position ?? 0) + 1}. ${typeLabel(type)}`,
      wentOn: done + skipped,
      waiting: Math.max(0, reached - done - skipped - dropped),
      ended: dropped,
    }))

/** The same in one sentence, for who does not see the chart. */
export const dropOffText = (parts: readonly StepParts[]): string =>
  parts
    .map(
      ({ step, wentOn, waiting, ended }) =>
        `${step}: ${wentOn} went on, ${waiting} wait, ${ended} ended here`,
    )
    .join('. ')
