/** What keeps steps and settings of a cadence from being used, as errors of the request. */
import type { Cadence, CadenceStepInput } from '../../../contract/outreach/cadences'
import { invalid, invalidIssues } from '../../kernel/errors'
import { checkSteps, type StepWords } from './steps'

export type CadenceChecks = ReturnType<typeof createCadenceChecks>

export function createCadenceChecks(words: StepWords) {
  const check = (steps: readonly CadenceStepInput[]) => checkSteps(steps, words)

  /** @throws invalid naming each step that is wrong, unless it is a draft */
  function requireSound(steps: readonly CadenceStepInput[], state: Cadence['state']) {
    const issues = check(steps)
    // A draft may be unfinished, but never ambiguous.
    const grave = state === 'active' ? issues : issues.filter(({ path }) => path.endsWith('.id'))
    if (grave.length > 0) throw invalidIssues(grave)
  }

  function requireOutcomes(settings: { stopOnOutcomes?: string[] | undefined } | undefined) {
    const unknown = settings?.stopOnOutcomes?.find((name) => !words.isOutcome(name))
    if (unknown !== undefined)
      throw invalid('settings.stopOnOutcomes', `has no outcome called ${unknown}`)
  }

  return { check, requireSound, requireOutcomes }
}
