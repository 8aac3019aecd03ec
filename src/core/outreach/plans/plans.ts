/** Plans: a cadence at work on a lead or contact, step by step. */
import type { WorkingHours } from '../../agenda/working-hours/working-hours'
import type { Actor } from '../../kernel/actor'
import type { Kernel } from '../../kernel/kernel'
import type { Leads } from '../../records/leads/leads'
import type { Activities } from '../../timeline/activities/activities'
import type { Cadences } from '../cadences/cadences'
import { createPlanActions } from './actions'
import { createAnalytics } from './analytics'
import { createStepCarryOver } from './carry-over'
import { createEnrolment } from './enrol'
import { createPlanLookup } from './lookup'
import { createMatching } from './matching'
import { createNewPlans } from './new-plans'
import { createMoveToNewSteps } from './new-steps'
import { createPlanning, type EmailQueue } from './planning'
import { createProgress } from './progress'
import { createQueue, type RenderTexts } from './queue'
import { createPlanReading } from './reading'
import { planScope, planSource } from './rows'
import { createWaiting } from './waiting'

export type { EmailQueue } from './planning'
export type { RenderTexts } from './queue'

export type Plans = ReturnType<typeof createPlans>

export interface PlanOptions {
  cadences: Cadences
  workingHours: WorkingHours
  leads: Pick<Leads, 'idsOf'>
  words: {
    label(list: 'activity_type', name: string): string
    require(list: 'outcome', name: string, field: string): void
  }
  /** Logs an activity without asking which plan it moves on. */
  record: Activities['record']
  /** Without it, texts are shown as they are written. */
  render?: RenderTexts
  /** Without it, automated e-mails are done by a person. */
  emails?: EmailQueue
}

const noRender: RenderTexts = (texts) => ({ ...texts, blanks: [] })
const noEmails: EmailQueue = {
  isReady: () => false,
  isOptedOut: () => false,
  enqueue: () => {},
}

export function createPlans(
  kernel: Kernel,
  {
    cadences,
    workingHours,
    leads,
    words,
    record,
    render = noRender,
    emails = noEmails,
  }: PlanOptions,
) {
  const lookup = createPlanLookup(kernel, { cadences, workingHours })
  const reading = createPlanReading(kernel, lookup)
  const waiting = createWaiting({
    lookup,
    workingHours,
    labelOf: (type) => words.label('activity_type', type),
  })
  const progress = createProgress(kernel, { lookup, waiting })
  const matching = createMatching(kernel, { lookup, progress })
  const enrol = createEnrolment(kernel, { leads, lookup, isOptedOut: emails.isOptedOut })
  return {
    source: planSource,
    scope: planScope,
    list: reading.list,
    get: (actor: Actor, id: string) => reading.written(reading.requireRow(actor, id).id),
    ...createNewPlans(kernel, { cadences, workingHours, reading, progress, enrol }),
    ...createPlanActions(kernel, {
      lookup,
      reading,
      waiting,
      progress,
      matching,
      requireOutcome: (name) => words.require('outcome', name, 'outcome'),
      record,
    }),
    ...matching,
    ...createQueue(kernel, { lookup, reading, render, workingHours }),
    ...createPlanning(kernel, { lookup, waiting, progress, emails }),
    ...createAnalytics(kernel, cadences),
    movePlans: createMoveToNewSteps(kernel, { lookup, waiting, progress }),
    carryOverStep: createStepCarryOver(kernel),
  }
}
