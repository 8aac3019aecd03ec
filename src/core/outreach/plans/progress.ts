/**
 * How a plan moves from step to step: it starts, a step is done or skipped, the contact replies, it
 * ends. Everything happens within the writer's action.
 */

import type { CadenceSettings } from '../../../contract/outreach/cadences'
import type { PlanEnding } from '../../../contract/outreach/words'
import type { PlanChoice } from '../../../contract/timeline/words'
import { closePlanReminder } from '../../agenda/reminders/reminders'
import type { Writer } from '../../kernel/database/database'
import type { Kernel } from '../../kernel/kernel'
import {
  type Onward,
  onwardFrom,
  onwardOnReply,
  type ScheduledStep,
  scheduleStep,
  stepAt,
  type Version,
} from '../cadences/cadences'
import { withdrawStepEmail } from '../messages/messages'
import { endPlan, leaveStep } from './ending'
import type { PlanLookup } from './lookup'
import { reasons } from './reasons'
import type { PlanRow, PlanStepRow } from './rows'
import { plan, planStep } from './table'
import { type Waiting, waitingAt } from './waiting'

export type Progress = ReturnType<typeof createProgress>

export interface NewPlan {
  name: string
  cadenceId: string | null
  version: Version
  settings: CadenceSettings
  leadId: string | null
  contactId: string | null
  companyId: string | null
  userId: string | null
}

interface DoneStep {
  at: number
  by: string | null
  outcome: string | null
  activityId: string | null
  choice?: PlanChoice | undefined
}

export function createProgress(
  { database }: Kernel,
  { lookup, waiting }: { lookup: PlanLookup; waiting: Waiting },
) {
  /**
   * @param startAt null where it is started later
   * @param scheduled of the first step, where a preview has it already
   */
  function create(
    writer: Writer,
    input: NewPlan,
    { startAt, scheduled }: { startAt: number | null; scheduled?: ScheduledStep | undefined },
  ): string {
    const { version, settings, ...links } = input
    const id = writer.newId()
    const stepCount = version.steps.length
    const first = startAt === null ? undefined : version.steps[0]
    const common = { id, ...links, versionId: version.id, stepCount }
    const createdBy = writer.actor.userId
    if (startAt === null || !first) {
      writer.insert(plan, { ...common, state: 'not_started', createdBy })
      return id
    }
    const place = {
      position: 0,
      base: startAt,
      scheduled: scheduled ?? scheduleStep(startAt, first, lookup.circumstancesOf(input, settings)),
    }
    writer.insert(plan, {
      ...common,
      createdBy,
      startedAt: startAt,
      ...waitingAt(first, place),
    })
    waiting.addStep(writer, { id, ...links, stepCount }, first, place)
    return id
  }

  function start(writer: Writer, row: PlanRow, startAt: number) {
    writer.update(plan, row.id, { startedAt: startAt })
    advance(writer, row, stepAt(lookup.stepsOf(row), 0), startAt)
  }

  /** Comes to the next step that has not run in this plan, or to the end. */
  function advance(writer: Writer, row: PlanRow, onward: Onward, base: number) {
    if ('end' in onward) return end(writer, row, onward.end)
    const steps = lookup.stepsOf(row)
    const ran = new Set(
      database
        .all<{ step_id: string }>('select step_id from plan_step where plan_id = ?', row.id)
        .map(({ step_id }) => step_id),
    )
    const position = steps.findIndex(({ id }, index) => index >= onward.position && !ran.has(id))
    const step = steps[position]
    if (!step) return end(writer, row, 'finished')
    const scheduled = scheduleStep(base, step, lookup.circumstancesOfRow(row))
    waiting.comeTo(writer, row, step, { position, base, scheduled })
  }

  function complete(writer: Writer, row: PlanRow, { choice, ...done }: DoneStep) {
    const step = lookup.storedStepOf(row)
    if (!step || row.position === null) return
    const { at, outcome } = done
    // Whoever did it by hand must not be followed by the program.
    if (step.state === 'queued') withdrawStepEmail(writer, step.id, reasons.done)
    const isReply = lookup.isAnswer(row, outcome)
    writer.update(planStep, step.id, {
      state: 'done',
      doneAt: at,
      doneBy: done.by,
      outcome,
      activityId: done.activityId,
      ...(isReply && { repliedAt: at }),
    })
    closePlanReminder(writer, row.id, 'completed')
    if (isReply && row.replied_at === null) writer.update(plan, row.id, { repliedAt: at })
    const stops = choice ? choice === 'stop' : lookup.stopsAtOutcome(row, outcome)
    if (stops) return end(writer, lookup.rowOf(row.id), isReply ? 'replied' : 'by_hand')
    const replied = isReply || row.replied_at !== null
    const onward = onwardFrom(lookup.stepsOf(row), row.position, { outcome, replied })
    advance(writer, row, onward, at)
  }

  function skip(writer: Writer, row: PlanRow, at = writer.now) {
    leaveStep(writer, database, row, 'skipped', reasons.skipped)
    advance(writer, row, stepAt(lookup.stepsOf(row), (row.position ?? -1) + 1), at)
  }

  const end = (writer: Writer, row: PlanRow, ending: PlanEnding) =>
    endPlan(writer, database, row, ending)

  /** The contact has answered: the plan stops, or goes where a branch of the last done step leads. */
  function replied(
    writer: Writer,
    row: PlanRow,
    at: number,
    stops = lookup.settingsOf(row).stopOnReply,
  ) {
    const last = database.get<PlanStepRow>(
      `select * from plan_step where plan_id = ? and state = 'done' order by rowid desc limit 1`,
      row.id,
    )
    if (row.replied_at === null) writer.update(plan, row.id, { repliedAt: at })
    if (last && last.replied_at === null) writer.update(planStep, last.id, { repliedAt: at })
    const answered = lookup.rowOf(row.id)
    if (stops) return end(writer, answered, 'replied')
    if (row.replied_at !== null || !last || row.state !== 'in_progress') return
    const steps = lookup.stepsOf(row)
    const onward = onwardOnReply(
      steps,
      steps.findIndex(({ id }) => id === last.step_id),
    )
    if (!onward) return
    if ('position' in onward) {
      if (steps[onward.position]?.id === row.step_id) return
      leaveStep(writer, database, answered, 'skipped', reasons.skipped)
    }
    advance(writer, answered, onward, at)
  }

  return { create, start, advance, complete, skip, end, replied }
}
