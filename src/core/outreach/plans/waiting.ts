/**
 * A plan waits at a step: it comes to one and leaves it, gets another date for it, pauses and resumes.
 * The step's reminder and its e-mail in the outbox follow within the same action.
 */
import type { CadenceStep } from '../../../contract/outreach/cadences'
import {
  addPlanReminder,
  closePlanReminder,
  reassignPlanReminder,
} from '../../agenda/reminders/reminders'
import type { WorkingHours } from '../../agenda/working-hours/working-hours'
import type { Writer } from '../../kernel/database/database'
import { endOfDayOf, fitStep, type ScheduledStep, variantOf } from '../cadences/cadences'
import { withdrawStepEmail } from '../messages/messages'
import type { CurrentStep, PlanLookup } from './lookup'
import { reasons } from './reasons'
import type { PlanRow } from './rows'
import { plan, planStep } from './table'

export type Waiting = ReturnType<typeof createWaiting>

export interface WaitingOptions {
  lookup: PlanLookup
  workingHours: WorkingHours
  /** How an activity type is called. */
  labelOf(type: string): string
}

/** The plan that a step belongs to. */
export interface PlanOfStep {
  id: string
  name: string
  cadenceId: string | null
  leadId: string | null
  contactId: string | null
  companyId: string | null
  userId: string | null
  stepCount: number
}

const planOf = (row: PlanRow): PlanOfStep => ({
  id: row.id,
  name: row.name,
  cadenceId: row.cadence_id,
  leadId: row.lead_id,
  contactId: row.contact_id,
  companyId: row.company_id,
  userId: row.user_id,
  stepCount: row.step_count,
})

/** When planning has to look at a step that is due: to send it, or to see that it was missed. */
const wakeAt = (step: CadenceStep, { at, lateAfter }: ScheduledStep): number | null =>
  step.automated ? at : step.missed === 'do_now' ? null : lateAfter

/** What a plan's row holds while it waits at a step. */
export const waitingAt = (
  step: CadenceStep,
  { position, base, scheduled }: { position: number; base: number; scheduled: ScheduledStep },
) => ({
  state: 'in_progress' as const,
  stepId: step.id,
  position,
  baseAt: base,
  nextStepDueAt: scheduled.at,
  wakeAt: wakeAt(step, scheduled),
  pausedAt: null,
  pausedUntil: null,
  remaining: null,
})

const stepValues = (step: CadenceStep, planId: string, position: number) => ({
  position,
  type: step.type,
  automated: step.automated,
  variant: variantOf(step, planId),
})
const dueValues = ({ at, lateAfter, moved }: ScheduledStep) => ({ dueAt: at, lateAfter, moved })

export function createWaiting(options: WaitingOptions) {
  const { lookup, workingHours } = options

  /** Nobody is reminded of what is sent by itself. */
  function remind(writer: Writer, of: PlanOfStep, step: CadenceStep, position: number, at: number) {
    if (step.automated) return
    addPlanReminder(writer, {
      planId: of.id,
      leadId: of.leadId,
      contactId: of.contactId,
      companyId: of.companyId,
      userId: of.userId,
      notes: `${options.labelOf(step.type)} · ${of.name}, step ${position + 1} of ${of.stepCount}`,
      at,
      zone: workingHours.zoneOf(of.userId),
    })
  }

  /** Adds the step that the plan has come to, and its reminder. */
  function addStep(
    writer: Writer,
    of: PlanOfStep,
    step: CadenceStep,
    { position, scheduled }: { position: number; scheduled: ScheduledStep },
  ) {
    writer.insert(planStep, {
      planId: of.id,
      cadenceId: of.cadenceId,
      stepId: step.id,
      ...stepValues(step, of.id, position),
      ...dueValues(scheduled),
    })
    remind(writer, of, step, position, scheduled.at)
  }

  function comeTo(
    writer: Writer,
    row: PlanRow,
    step: CadenceStep,
    place: { position: number; base: number; scheduled: ScheduledStep },
  ) {
    addStep(writer, planOf(row), step, place)
    writer.update(plan, row.id, waitingAt(step, place))
  }

  function setDue(
    writer: Writer,
    row: PlanRow,
    { step, stored, position }: CurrentStep,
    scheduled: ScheduledStep,
  ) {
    if (stored.state === 'queued') withdrawStepEmail(writer, stored.id, reasons.postponed)
    writer.update(planStep, stored.id, {
      state: 'open',
      ...stepValues(step, row.id, position),
      ...dueValues(scheduled),
    })
    closePlanReminder(writer, row.id, 'dismissed')
    remind(writer, planOf(row), step, position, scheduled.at)
    const base = row.base_at ?? writer.now
    writer.update(plan, row.id, waitingAt(step, { position, base, scheduled }))
  }

  /** The current step gets a new date: the first moment from `at` on that fits. */
  function postpone(writer: Writer, row: PlanRow, at: number) {
    const current = lookup.currentOf(row)
    if (current)
      setDue(writer, row, current, fitStep(at, current.step, lookup.circumstancesOfRow(row)))
  }

  /** Somebody chose this very moment for the current step. Answers whether there is one. */
  function moveTo(writer: Writer, row: PlanRow, at: number): boolean {
    const current = lookup.currentOf(row)
    if (!current || row.state !== 'in_progress') return false
    const lateAfter = endOfDayOf(at, workingHours.zoneOf(row.user_id))
    setDue(writer, row, current, { at, moved: [], lateAfter })
    return true
  }

  /** An automated step becomes one for a person: it is due in the queue, and a reminder calls for it. */
  function handOver(writer: Writer, row: PlanRow) {
    const current = lookup.currentOf(row)
    if (!current) return
    const { step, stored, position } = current
    writer.update(planStep, stored.id, { state: 'open', automated: false })
    remind(writer, planOf(row), { ...step, automated: false }, position, stored.due_at)
    writer.update(plan, row.id, { nextStepDueAt: stored.due_at, wakeAt: null })
  }

  function pause(writer: Writer, row: PlanRow, until: number | null) {
    const stored = lookup.storedStepOf(row)
    if (stored?.state === 'queued') {
      withdrawStepEmail(writer, stored.id, reasons.paused)
      writer.update(planStep, stored.id, { state: 'open' })
    }
    closePlanReminder(writer, row.id, 'dismissed')
    const due = row.next_step_due_at ?? stored?.due_at ?? writer.now
    writer.update(plan, row.id, {
      state: 'paused',
      pausedAt: writer.now,
      pausedUntil: until,
      remaining: row.state === 'paused' ? row.remaining : Math.max(0, due - writer.now),
      nextStepDueAt: null,
      wakeAt: until,
    })
  }

  /** What was left of the delay when it was paused is still to pass. */
  const resume = (writer: Writer, row: PlanRow, at = writer.now) =>
    postpone(writer, row, at + (row.remaining ?? 0))

  function reassign(writer: Writer, row: PlanRow, userId: string | null) {
    writer.update(plan, row.id, { userId })
    reassignPlanReminder(writer, row.id, userId)
  }

  /** Changes the step of a paused plan to what its cadence has now, without a date. */
  function changeStep(writer: Writer, row: PlanRow, { step, stored, position }: CurrentStep) {
    writer.update(plan, row.id, { position })
    writer.update(planStep, stored.id, stepValues(step, row.id, position))
  }

  return {
    addStep,
    comeTo,
    setDue,
    postpone,
    moveTo,
    handOver,
    pause,
    resume,
    reassign,
    changeStep,
  }
}
