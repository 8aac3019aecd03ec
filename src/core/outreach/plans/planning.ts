/** What happens to plans by itself: pauses end, missed steps are left out or moved, automated e-mails are queued. */
import type { Actor } from '../../kernel/actor'
import type { Writer } from '../../kernel/database/database'
import type { Kernel } from '../../kernel/kernel'
import type { InPortions } from '../../kernel/portions/portions'
import type { StepEmail } from '../messages/messages'
import type { PlanLookup } from './lookup'
import type { Progress } from './progress'
import { endingReasons, reasons } from './reasons'
import type { PlanRow, PlanStepRow } from './rows'
import { plan, planStep } from './table'
import type { Waiting } from './waiting'

/** The outbox as plans see it. */
export interface EmailQueue {
  /** False: this user's e-mails cannot be sent by the program, a person does the step. */
  isReady(userId: string | null): boolean
  isOptedOut(email: string): boolean
  /** Puts the e-mail into the outbox within this action. */
  enqueue(writer: Writer, email: StepEmail): void
}

/** So many plans are read at once: about as many as one portion looks after. */
const plansAtOnce = 50
const hour = 3_600_000
/** No cadence has this many steps: a plan that is due again and again waits for the next hour. */
const mostTurns = 500

export function createPlanning(
  { database, clock, holds, watch }: Kernel,
  {
    lookup,
    waiting,
    progress,
    emails,
  }: { lookup: PlanLookup; waiting: Waiting; progress: Progress; emails: EmailQueue },
) {
  /**
   * Looks after every plan whose time has come, one action a portion. Answers how many; asked again, there is
   * nothing left to do.
   */
  async function planDue(actor: Actor, inPortions: InPortions): Promise<number> {
    let planned = 0
    const turns = new Map<string, number>()
    await inPortions((portion) => {
      const rows = database.all<PlanRow>(
        `select * from plan where wake_at <= ? and id not in (select value from json_each(?))
         order by wake_at, seq limit ?`,
        clock.now(),
        JSON.stringify(watch.skippedIds('plan')),
        plansAtOnce,
      )
      if (rows.length === 0) return false
      return database.act(actor, { label: 'Plan due steps', kind: 'system' }, (writer) => {
        if (holds.isHeld()) return false
        for (const row of rows) {
          watch.at('plan', row.id)
          const turn = (turns.get(row.id) ?? 0) + 1
          turns.set(row.id, turn)
          if (turn <= mostTurns) wake(writer, row)
          else writer.update(plan, row.id, { wakeAt: writer.now + hour })
          planned++
          if (portion.isOver()) break
        }
        return true
      })
    })
    return planned
  }

  function wake(writer: Writer, row: PlanRow) {
    if (row.state === 'paused') return waiting.resume(writer, row, row.paused_until ?? writer.now)
    const current = lookup.currentOf(row)
    if (row.state !== 'in_progress' || !current)
      return writer.update(plan, row.id, { wakeAt: null })
    const { step, stored } = current
    const isMissed = writer.now >= stored.late_after
    // Counted from the end of its day, so that it does not matter when this is asked.
    if (isMissed && step.missed === 'skip') return progress.skip(writer, row, stored.late_after)
    if (isMissed && step.missed === 'move') return waiting.postpone(writer, row, writer.now)
    if (stored.automated === 1) return queue(writer, row, stored)
    return writer.update(plan, row.id, { wakeAt: null })
  }

  function queue(writer: Writer, row: PlanRow, step: PlanStepRow) {
    const email = emailOf(row)
    if (email && emails.isOptedOut(email)) return progress.end(writer, row, 'opted_out')
    const { subject, body } = lookup.textsOfStep(row, step.step_id, step.variant)
    if (!email || !row.contact_id || !subject || !body || !emails.isReady(row.user_id))
      return waiting.handOver(writer, row)
    emails.enqueue(writer, {
      planId: row.id,
      planStepId: step.id,
      leadId: row.lead_id,
      contactId: row.contact_id,
      userId: row.user_id,
      email,
      variant: step.variant,
      dueAt: step.due_at,
      subject,
      body,
    })
    writer.update(planStep, step.id, { state: 'queued' })
    return writer.update(plan, row.id, { nextStepDueAt: null, wakeAt: null })
  }

  /** The outbox has sent the e-mail of a step: the plan continues, and where it is paused, pauses at the next. */
  function emailSent(
    writer: Writer,
    planStepId: string,
    { at, activityId }: { at: number; activityId: string | null },
  ) {
    const row = ofStep(planStepId, `('in_progress', 'paused')`)
    if (!row) return
    progress.complete(writer, row, { at, by: null, outcome: null, activityId })
    const next = lookup.rowOf(row.id)
    if (row.state === 'paused' && next.state === 'in_progress')
      waiting.pause(writer, next, row.paused_until)
  }

  /** It cannot be sent, or somebody took it out of the outbox: a person decides, unless they opted out. */
  function emailFailed(writer: Writer, planStepId: string) {
    const row = ofStep(planStepId, `('in_progress')`)
    if (!row) return
    const email = emailOf(row)
    if (email && emails.isOptedOut(email)) progress.end(writer, row, 'opted_out')
    else waiting.handOver(writer, row)
  }

  /** Why the e-mail of this step must not go out any more; undefined while the plan waits for it. */
  function whyUnwanted(planStepId: string): string | undefined {
    const found = database.get<
      Pick<PlanRow, 'state' | 'ending' | 'step_id'> & {
        of_step: string
        step_state: PlanStepRow['state']
      }
    >(
      `select plan.state, plan.ending, plan.step_id, plan_step.step_id as of_step, plan_step.state as step_state
       from plan_step join plan on plan.id = plan_step.plan_id where plan_step.id = ?`,
      planStepId,
    )
    if (!found) return 'The plan that it belongs to is gone.'
    if (found.ending) return endingReasons[found.ending]
    if (found.state === 'paused') return reasons.paused
    if (found.step_state === 'skipped') return reasons.skipped
    const waits = found.step_state === 'queued' || found.step_state === 'open'
    return waits && found.state === 'in_progress' && found.step_id === found.of_step
      ? undefined
      : 'The plan has gone on without it.'
  }

  const emailOf = (row: PlanRow) =>
    row.contact_id
      ? database.value<string | null>('select email from contact where id = ?', row.contact_id)
      : null

  /** @param states SQL of those that the plan may be in */
  const ofStep = (planStepId: string, states: string) =>
    database.get<PlanRow>(
      `select plan.* from plan_step join plan on plan.id = plan_step.plan_id and plan.step_id = plan_step.step_id
       where plan_step.id = ? and plan_step.state in ('queued', 'open') and plan.state in ${states}`,
      planStepId,
    )

  return { planDue, emailSent, emailFailed, whyUnwanted }
}
