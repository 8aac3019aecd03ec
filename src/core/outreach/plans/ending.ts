/** How a plan ends, and how its current step is left undone: its e-mail is withdrawn, its reminder closed. */
import type { PlanEnding } from '../../../contract/outreach/words'
import { closePlanReminder } from '../../agenda/reminders/reminders'
import type { Database, Writer } from '../../kernel/database/database'
import { withdrawStepEmail } from '../messages/messages'
import { endingReasons } from './reasons'
import { currentStepOf, type PlanRow } from './rows'
import { plan, planStep } from './table'

const endsWell = new Set<PlanEnding>(['finished', 'replied', 'branch', 'lead_won'])

export function endPlan(
  writer: Writer,
  database: Database,
  row: PlanRow,
  ending: PlanEnding,
): void {
  leaveStep(writer, database, row, 'cancelled', endingReasons[ending])
  writer.update(plan, row.id, {
    state: endsWell.has(ending) ? 'completed' : 'aborted',
    ending,
    endedAt: writer.now,
    stepId: null,
    position: null,
    nextStepDueAt: null,
    wakeAt: null,
    pausedAt: null,
    pausedUntil: null,
    remaining: null,
  })
}

/**
 * The current step stays undone, where it has not been done; nobody is reminded of it any more.
 * @param reason why its e-mail does not go out, for people
 */
export function leaveStep(
  writer: Writer,
  database: Database,
  row: PlanRow,
  state: 'skipped' | 'cancelled',
  reason: string,
): void {
  const step = currentStepOf(database, row)
  if (step?.state === 'queued') withdrawStepEmail(writer, step.id, reason)
  if (step?.state === 'open' || step?.state === 'queued')
    writer.update(planStep, step.id, { state })
  closePlanReminder(writer, row.id, 'dismissed')
}
