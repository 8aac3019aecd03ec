/** The steps of a cadence: read and written, checked, and chosen from. */

import type {
  CadenceSettings,
  CadenceStep,
  CadenceStepInput,
  StepBranch,
} from '../../../contract/outreach/cadences'
import { answeringOutcomes } from '../../../contract/timeline/words'
import { newId } from '../../kernel/database/ids'
import type { Issue } from '../../kernel/errors'

export const defaultSettings: CadenceSettings = {
  stopOnReply: true,
  stopOnOutcomes: [...answeringOutcomes],
  exclusive: false,
  workingTimeOnly: true,
  onOwnerChange: 'reassign',
}

/** What is stored of a cadence's settings; the defaults fill the gaps. */
export function settingsFrom(stored: string | null | undefined): CadenceSettings {
  const said: Partial<CadenceSettings> = JSON.parse(stored ?? '{}')
  return {
    ...defaultSettings,
    // Stored before outcomes could end a plan: one that continues after a reply does so after these.
    ...(said.stopOnReply === false && { stopOnOutcomes: [] }),
    ...said,
  }
}

/** What is given replaces what is stored. */
export function withSettings(
  stored: CadenceSettings,
  given: { [K in keyof CadenceSettings]?: CadenceSettings[K] | undefined } = {},
): CadenceSettings {
  return {
    stopOnReply: given.stopOnReply ?? stored.stopOnReply,
    stopOnOutcomes: given.stopOnOutcomes
      ? [...new Set(given.stopOnOutcomes)]
      : stored.stopOnOutcomes,
    exclusive: given.exclusive ?? stored.exclusive,
    workingTimeOnly: given.workingTimeOnly ?? stored.workingTimeOnly,
    onOwnerChange: given.onOwnerChange ?? stored.onOwnerChange,
  }
}

/** Steps that are new get an id; the others keep theirs. */
export const withIds = (steps: readonly CadenceStepInput[], now: number): CadenceStep[] =>
  steps.map(({ id, ...step }) => ({ id: id ?? newId(now), ...step }))

export interface StepWords {
  isType(name: string): boolean
  isOutcome(name: string): boolean
  /** What is wrong with the placeholders of a text; undefined where nothing is. */
  faultOfText(text: string): string | undefined
}

/** What keeps these steps from being put to work, each with its place. */
export function checkSteps(steps: readonly CadenceStepInput[], words: StepWords): Issue[] {
  const issues: Issue[] = []
  const report = (path: string, message: string) => issues.push({ path, message })
  if (steps.length === 0) report('steps', 'must have at least one step')
  const places = new Map<string, number>()
  for (const [index, step] of steps.entries()) {
    const at = `steps.${index}`
    if (step.id && places.has(step.id)) report(`${at}.id`, 'must be unique among the steps')
    if (step.id) places.set(step.id, index)
    if (!words.isType(step.type)) report(`${at}.type`, 'must be an activity type that exists')
    if (step.automated && step.type !== 'email')
      report(`${at}.automated`, 'is for e-mails only; everything else is done by a person')
    if (step.window) {
      if (step.window.from >= step.window.to)
        report(`${at}.window.to`, 'must be later than the beginning of the window')
      if (step.window.weekdays.length === 0)
        report(`${at}.window.weekdays`, 'must have at least one day')
    }
    checkTexts(at, step)
    checkVariants(at, step)
    checkBranches(at, index, step)
  }
  return issues

  function checkTexts(at: string, { automated, variants, subject, body }: CadenceStepInput) {
    const texts =
      variants.length > 0
        ? variants.map((variant, index) => ({ ...variant, at: `${at}.variants.${index}` }))
        : [{ subject, body, at }]
    for (const text of texts)
      for (const part of ['subject', 'body'] as const) {
        const value = text[part]
        if (automated && !value?.trim())
          report(`${text.at}.${part}`, 'is needed for an e-mail that is sent by itself')
        const fault = value ? words.faultOfText(value) : undefined
        if (fault) report(`${text.at}.${part}`, fault)
      }
  }

  function checkVariants(at: string, { variants }: CadenceStepInput) {
    if (variants.length === 1) report(`${at}.variants`, 'must be none or at least two')
    if (new Set(variants.map(({ key }) => key)).size < variants.length)
      report(`${at}.variants`, 'must have different letters')
    if (variants.length > 0 && variants.every(({ weight }) => weight === 0))
      report(`${at}.variants`, 'must have a weight above 0')
  }

  function checkBranches(at: string, index: number, { branches }: CadenceStepInput) {
    for (const [number, branch] of branches.entries()) {
      const place = `${at}.branches.${number}`
      if (branch.when === 'outcome') {
        if (branch.outcomes.length === 0)
          report(`${place}.outcomes`, 'must have at least one outcome')
        if (branch.outcomes.some((outcome) => !words.isOutcome(outcome)))
          report(`${place}.outcomes`, 'must be outcomes that exist')
      }
      if (branch.go !== 'to_step') continue
      const target = steps.findIndex(({ id }) => id !== undefined && id === branch.stepId)
      if (target < 0) report(`${place}.stepId`, 'must be a step of this cadence')
      // A step runs once: a way back would never end.
      else if (target <= index) report(`${place}.stepId`, 'must be a later step')
    }
  }
}

/** Where a plan continues after a step: a step's place, or the end. */
export type Onward = { position: number } | { end: 'finished' | 'branch' }

export function onwardFrom(
  steps: readonly CadenceStep[],
  position: number,
  { outcome, replied }: { outcome: string | null; replied: boolean },
): Onward {
  const branch = steps[position]?.branches.find(({ when, outcomes }) => {
    if (when === 'outcome') return outcome !== null && outcomes.includes(outcome)
    return replied === (when === 'replied')
  })
  return along(steps, position, branch)
}

/** Where a reply leads that comes after the step at this place was done; undefined where nowhere else. */
export function onwardOnReply(steps: readonly CadenceStep[], position: number): Onward | undefined {
  const branch = steps[position]?.branches.find(({ when }) => when === 'replied')
  return branch && along(steps, position, branch)
}

function along(
  steps: readonly CadenceStep[],
  position: number,
  branch: StepBranch | undefined,
): Onward {
  if (branch?.go === 'end') return { end: 'branch' }
  if (branch?.go === 'to_step') {
    const target = steps.findIndex(({ id }) => id === branch.stepId)
    if (target > position) return { position: target }
  }
  return stepAt(steps, position + (branch?.go === 'skip_next' ? 2 : 1))
}

export const stepAt = (steps: readonly CadenceStep[], position: number): Onward =>
  position < steps.length ? { position } : { end: 'finished' }

/** The variant of a step for a plan: always the same for the same plan, spread by weight over many. */
export function variantOf(step: CadenceStep, planId: string): string | null {
  const total = step.variants.reduce((sum, { weight }) => sum + weight, 0)
  if (total === 0) return null
  let left = hashOf(`${planId}/${step.id}`) % total
  for (const { key, weight } of step.variants) {
    if (left < weight) return key
    left -= weight
  }
  return null
}

/** FNV-1a with a final mixing, 32 bits. */
function hashOf(text: string): number {
  let hash = 0x811c9dc5
  for (let index = 0; index < text.length; index++)
    hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193)
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b)
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35)
  return (hash ^ (hash >>> 16)) >>> 0
}

/** The texts that count for a plan with this variant. */
export function textsOf(step: CadenceStep, variant: string | null) {
  const { subject, body } = step.variants.find(({ key }) => key === variant) ?? step
  return { subject, body }
}
