/** Cadences: written, changed, put to work and put away; their steps in versions. */
import type { CadenceSettings, CadenceStepInput } from '../../../contract/outreach/cadences'
import type { Writer } from '../../kernel/database/database'
import { newId } from '../../kernel/database/ids'
import { toJson } from '../../kernel/database/rows'
import type { Kernel } from '../../kernel/kernel'
import { createCadenceChecks } from './checks'
import { createCadenceReading } from './reading'
import { source } from './rows'
import { type StepWords, withIds } from './steps'
import { insertVersion, readSettings, readVersion, type Version } from './versions'
import { createCadenceWriting } from './writing'

export { addReadyCadences } from './ready'
export {
  type Circumstances,
  endOfDayOf,
  fitStep,
  type ScheduledStep,
  scheduleStep,
  scheduleSteps,
} from './schedule'
export {
  defaultSettings,
  type Onward,
  onwardFrom,
  onwardOnReply,
  stepAt,
  textsOf,
  variantOf,
  withSettings,
} from './steps'

export type { Version } from './versions'

export type Cadences = ReturnType<typeof createCadences>

export interface CadenceOptions {
  words: { exists(list: 'activity_type' | 'outcome', name: string): boolean }
  /** What is wrong with the placeholders of a text; undefined where nothing is. */
  faultOfText: StepWords['faultOfText']
  /** Moves plans in progress to the new steps. */
  movePlans(writer: Writer, to: Version): void
}

export function createCadences(kernel: Kernel, { words, faultOfText, movePlans }: CadenceOptions) {
  const { database } = kernel
  const checks = createCadenceChecks({
    isType: (name) => words.exists('activity_type', name),
    isOutcome: (name) => words.exists('outcome', name),
    faultOfText,
  })
  const reading = createCadenceReading(kernel, checks)
  const { records, withSteps, ...read } = reading

  /** Steps of one plan's own, as a version without a cadence. @throws invalid naming what is wrong */
  function ownSteps(
    steps: readonly CadenceStepInput[],
    settings: CadenceSettings,
    now: number,
  ): Version {
    checks.requireSound(steps, 'active')
    return {
      id: newId(now),
      cadenceId: null,
      number: 1,
      steps: withIds(steps, now),
      settings: toJson(settings),
    }
  }

  return {
    source,
    check: checks.check,
    get: withSteps,
    ...read,
    ...createCadenceWriting(kernel, { checks, reading, movePlans }),
    version: (id: string) => readVersion(database, id),
    settingsOf: (cadenceId: string | null, own: string | null) =>
      readSettings(database, cadenceId, own),
    ownSteps,
    insertVersion,
  }
}
