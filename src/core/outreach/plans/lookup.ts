/** What is known of a plan: its row, the step it waits at, and what its cadence says of it. */
import type { CadenceSettings, CadenceStep } from '../../../contract/outreach/cadences'
import type { WorkingHours } from '../../agenda/working-hours/working-hours'
import type { Kernel } from '../../kernel/kernel'
import { knownZone } from '../../kernel/time/zone'
import { type Cadences, type Circumstances, textsOf, type Version } from '../cadences/cadences'
import { currentStepOf, type PlanRow, type PlanStepRow } from './rows'

export type PlanLookup = ReturnType<typeof createPlanLookup>

/** The step a plan waits at: as the cadence has it, and as it is stored. */
export interface CurrentStep {
  step: CadenceStep
  stored: PlanStepRow
  position: number
}

export function createPlanLookup(
  { database }: Kernel,
  {
    cadences,
    workingHours,
  }: { cadences: Pick<Cadences, 'version' | 'settingsOf'>; workingHours: WorkingHours },
) {
  const rowOf = (id: string) =>
    database.get<PlanRow>('select * from plan where id = ?', id) as PlanRow

  const storedStepOf = (row: Pick<PlanRow, 'id' | 'step_id'>) => currentStepOf(database, row)

  let versions = new Map<string, Version>()
  let versionStamp = -1
  function versionOf(id: string): Version {
    const stamp = database.stampOf('cadence_version')
    if (stamp !== versionStamp) {
      versions = new Map()
      versionStamp = stamp
    }
    const found = versions.get(id) ?? cadences.version(id)
    versions.set(id, found)
    return found
  }
  const stepsOf = (row: Pick<PlanRow, 'version_id'>) => versionOf(row.version_id).steps

  const stepOf = (row: Pick<PlanRow, 'version_id'>, stepId: string | null) =>
    stepsOf(row).find(({ id }) => id === stepId)

  function currentOf(row: PlanRow): CurrentStep | undefined {
    const stored = storedStepOf(row)
    const step = stepOf(row, row.step_id)
    return stored && step && row.position !== null
      ? { step, stored, position: row.position }
      : undefined
  }

  /** What a step says in this plan; nothing where its cadence has no such step. */
  function textsOfStep(
    row: Pick<PlanRow, 'version_id'>,
    stepId: string | null,
    variant: string | null,
  ) {
    const step = stepOf(row, stepId)
    return step ? textsOf(step, variant) : { subject: null, body: null }
  }

  const settingsOf = (row: Pick<PlanRow, 'cadence_id' | 'version_id'>): CadenceSettings =>
    cadences.settingsOf(row.cadence_id, versionOf(row.version_id).settings)

  /** What decides when the steps of a plan are due, for this person and contact. */
  function circumstancesOf(
    { contactId, userId }: { contactId: string | null; userId: string | null },
    settings: CadenceSettings,
  ): Circumstances {
    const zone = contactId
      ? database.value<string | null>('select timezone from contact where id = ?', contactId)
      : null
    return {
      user: workingHours.timeOf(userId),
      contactZone: knownZone(zone, workingHours.zoneOf(userId)),
      workingTimeOnly: settings.workingTimeOnly,
    }
  }
  const circumstancesOfRow = (row: PlanRow) =>
    circumstancesOf({ contactId: row.contact_id, userId: row.user_id }, settingsOf(row))

  /** Whether an outcome says that the contact has answered, by the settings of the plan's cadence. */
  const isAnswer = (row: PlanRow, outcome: string | null): boolean =>
    outcome !== null && settingsOf(row).stopOnOutcomes.includes(outcome)

  /** Whether an outcome of its current step ends the plan; a branch for that outcome takes precedence. */
  const stopsAtOutcome = (row: PlanRow, outcome: string | null): boolean =>
    isAnswer(row, outcome) &&
    !stepOf(row, row.step_id)?.branches.some(
      ({ when, outcomes }) => when === 'outcome' && outcomes.includes(outcome ?? ''),
    )

  /** Whether a reply ends the plan: because it is one, or by its outcome. */
  const stopsAtReply = (row: PlanRow, outcome: string | null): boolean =>
    settingsOf(row).stopOnReply || isAnswer(row, outcome)

  return {
    rowOf,
    storedStepOf,
    currentOf,
    stepsOf,
    stepOf,
    versionOf,
    textsOfStep,
    settingsOf,
    circumstancesOf,
    circumstancesOfRow,
    isAnswer,
    stopsAtOutcome,
    stopsAtReply,
  }
}
