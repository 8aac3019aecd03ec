/**
 * How a plan moves: it comes to a step, the step is done or skipped, the plan pauses, goes on and
 * ends. Everything happens within the writer's action, the reminder of the step with it.
 */

import { DateTime } from 'luxon'
import type { PlanChoice, PlanEnding } from '../../../contract/kernel/words'
import type { CadenceSettings, CadenceStep } from '../../../contract/outreach/cadences'
import { reminder } from '../../agenda/reminders/table'
import type { WorkingHours } from '../../agenda/working-hours/working-hours'
import type { Writer } from '../../kernel/database/database'
import { fromJson } from '../../kernel/database/rows'
import type { Kernel } from '../../kernel/kernel'
import { knownZone } from '../../kernel/time/zone'
import {
  type Cadences,
  type Circumstances,
  endOfDayOf,
  fitStep,
  type Onward,
  onwardFrom,
  onwardOnReply,
  type ScheduledStep,
  scheduleStep,
  stepAt,
  textsOf,
  type Version,
  variantOf,
} from '../cadences/cadences'
import { endingReasons, reasons } from './reasons'
import { liveStates, type PlanRow, type PlanStepRow } from './rows'
import { plan, planStep } from './table'

export type Progress = ReturnType<typeof createProgress>

export interface ProgressOptions {
  cadences: Pick<Cadences, 'version' | 'settingsOf'>
  workingHours: WorkingHours
  /** How an activity type is called. */
  labelOf(type: string): string
  /** Takes an automated e-mail back that has not been sent yet. */
  withdrawEmail(writer: Writer, planStepId: string, reason: string): void
}

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

const endsWell = new Set<PlanEnding>(['finished', 'replied', 'branch', 'lead_won'])

export function createProgress(kernel: Kernel, options: ProgressOptions) {
  const { database } = kernel
  const { cadences, workingHours } = options

  const rowOf = (id: string) =>
    database.get<PlanRow>('select * from plan where id = ?', id) as PlanRow
  const stepRowOf = (row: Pick<PlanRow, 'id' | 'step_id'>) =>
    row.step_id === null
      ? undefined
      : database.get<PlanStepRow>(
          'select * from plan_step where plan_id = ? and step_id = ?',
          row.id,
          row.step_id,
        )
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

  const settingsOf = (row: Pick<PlanRow, 'cadence_id' | 'version_id'>): CadenceSettings =>
    cadences.settingsOf(row.cadence_id, versionOf(row.version_id).settings)

  function zoneOfContact(contactId: string | null, userId: string | null): string {
    const zone = contactId
      ? database.value<string | null>('select timezone from contact where id = ?', contactId)
      : null
    return knownZone(zone, workingHours.zoneOf(userId))
  }

  const circumstancesOf = (
    { contactId, userId }: Pick<NewPlan, 'contactId' | 'userId'>,
    settings: CadenceSettings,
  ): Circumstances => ({
    user: workingHours.timeOf(userId),
    contactZone: zoneOfContact(contactId, userId),
    workingTimeOnly: settings.workingTimeOnly,
  })
  const circumstancesOfRow = (row: PlanRow) =>
    circumstancesOf({ contactId: row.contact_id, userId: row.user_id }, settingsOf(row))

  /** When planning has to look at a step that is due: to send it, or to see that it was missed. */
  const wakeAt = (step: CadenceStep, { at, lateAfter }: ScheduledStep): number | null =>
    step.automated ? at : step.missed === 'do_now' ? null : lateAfter

  /** What is in the plan's row while it waits at a step. */
  const waiting = (
    step: CadenceStep,
    position: number,
    { base, scheduled }: { base: number; scheduled: ScheduledStep },
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

  // Beginning -----------------------------------------------------------------------------------

  /** @param scheduled of the first step, where a preview has it already */
  function create(
    writer: Writer,
    input: NewPlan,
    { startAt, scheduled }: { startAt: number | null; scheduled?: ScheduledStep | undefined },
  ): string {
    const { version, settings, ...links } = input
    const id = writer.newId()
    const first = version.steps[0]
    const common = {
      id,
      ...links,
      versionId: version.id,
      stepCount: version.steps.length,
      createdBy: writer.actor.userId,
    }
    if (startAt === null || !first) {
      writer.insert(plan, { ...common, state: 'not_started' })
      return id
    }
    const due = scheduled ?? scheduleStep(startAt, first, circumstancesOf(input, settings))
    writer.insert(plan, {
      ...common,
      startedAt: startAt,
      ...waiting(first, 0, { base: startAt, scheduled: due }),
    })
    insertStep(writer, { id, ...input }, first, { position: 0, scheduled: due })
    return id
  }

  type Subject = Pick<
    NewPlan,
    'name' | 'cadenceId' | 'leadId' | 'contactId' | 'companyId' | 'userId' | 'version'
  > & { id: string }
  const subjectOf = (row: PlanRow): Subject => ({
    id: row.id,
    name: row.name,
    cadenceId: row.cadence_id,
    leadId: row.lead_id,
    contactId: row.contact_id,
    companyId: row.company_id,
    userId: row.user_id,
    version: versionOf(row.version_id),
  })

  function insertStep(
    writer: Writer,
    subject: Subject,
    step: CadenceStep,
    { position, scheduled }: { position: number; scheduled: ScheduledStep },
  ) {
    writer.insert(planStep, {
      planId: subject.id,
      cadenceId: subject.cadenceId,
      stepId: step.id,
      position,
      type: step.type,
      automated: step.automated,
      variant: variantOf(step, subject.id),
      dueAt: scheduled.at,
      lateAfter: scheduled.lateAfter,
      moved: scheduled.moved,
    })
    remind(writer, subject, step, { position, at: scheduled.at })
  }

  /** Nobody is called for what is sent by itself. */
  function remind(
    writer: Writer,
    subject: Subject,
    step: CadenceStep,
    { position, at }: { position: number; at: number },
  ) {
    if (step.automated) return
    const zone = workingHours.zoneOf(subject.userId)
    writer.insert(reminder, {
      planId: subject.id,
      leadId: subject.leadId,
      contactId: subject.contactId,
      companyId: subject.companyId,
      userId: subject.userId,
      notes: `${options.labelOf(step.type)} · ${subject.name}, step ${position + 1} of ${subject.version.steps.length}`,
      remindAt: at,
      wallTime: DateTime.fromMillis(at, { zone }).toFormat("yyyy-MM-dd'T'HH:mm"),
      zone,
      createdBy: writer.actor.userId,
    })
  }

  function closeReminder(writer: Writer, planId: string, status: 'completed' | 'dismissed') {
    writer.run(
      `update reminder set status = ?, completed_at = ?, completed_by = ?, updated_at = ?
       where plan_id = ? and status in ('pending', 'snoozed') and deleted_at is null`,
      status,
      status === 'completed' ? writer.now : null,
      status === 'completed' ? writer.actor.userId : null,
      writer.now,
      planId,
    )
  }

  function start(writer: Writer, row: PlanRow, startAt: number) {
    writer.update(plan, row.id, { startedAt: startAt })
    advance(writer, row, stepAt(stepsOf(row), 0), startAt)
  }

  // Going on ------------------------------------------------------------------------------------

  /** Comes to the next step that has not run in this plan, or to the end. */
  function advance(writer: Writer, row: PlanRow, onward: Onward, base: number) {
    if ('end' in onward) return end(writer, row, onward.end)
    const steps = stepsOf(row)
    const ran = new Set(
      database
        .all<{ step_id: string }>('select step_id from plan_step where plan_id = ?', row.id)
        .map(({ step_id }) => step_id),
    )
    const position = steps.findIndex(({ id }, index) => index >= onward.position && !ran.has(id))
    const step = steps[position]
    if (!step) return end(writer, row, 'finished')
    const scheduled = scheduleStep(base, step, circumstancesOfRow(row))
    insertStep(writer, subjectOf(row), step, { position, scheduled })
    writer.update(plan, row.id, waiting(step, position, { base, scheduled }))
  }

  interface Done {
    at: number
    by: string | null
    outcome: string | null
    activityId: string | null
    choice?: PlanChoice | undefined
  }

  /** Whether an outcome says that the contact has answered, by the settings of the plan's cadence. */
  const isAnswer = (row: PlanRow, outcome: string | null): boolean =>
    outcome !== null && settingsOf(row).stopOnOutcomes.includes(outcome)

  /** Whether an outcome of its current step ends the plan: a branch for it decides by itself. */
  function stopsAt(row: PlanRow, outcome: string | null): boolean {
    const step = stepsOf(row).find(({ id }) => id === row.step_id)
    return (
      isAnswer(row, outcome) &&
      !step?.branches.some(
        ({ when, outcomes }) => when === 'outcome' && outcomes.includes(outcome ?? ''),
      )
    )
  }

  function complete(writer: Writer, row: PlanRow, { at, by, outcome, activityId, choice }: Done) {
    const step = stepRowOf(row)
    if (!step || row.position === null) return
    // Whoever did it by hand must not be followed by the program.
    if (step.state === 'queued') options.withdrawEmail(writer, step.id, reasons.done)
    writer.update(planStep, step.id, { state: 'done', doneAt: at, doneBy: by, outcome, activityId })
    closeReminder(writer, row.id, 'completed')
    const isReply = isAnswer(row, outcome)
    if (isReply) {
      if (row.replied_at === null) writer.update(plan, row.id, { repliedAt: at })
      writer.update(planStep, step.id, { repliedAt: at })
    }
    const stops = choice === 'stop' || (choice === undefined && stopsAt(row, outcome))
    if (stops) return end(writer, rowOf(row.id), isReply ? 'replied' : 'by_hand')
    const replied = isReply || row.replied_at !== null
    advance(writer, row, onwardFrom(stepsOf(row), row.position, { outcome, replied }), at)
  }

  function skip(writer: Writer, row: PlanRow, at = writer.now) {
    leaveOut(writer, row)
    advance(writer, row, stepAt(stepsOf(row), (row.position ?? -1) + 1), at)
  }

  /** The step is left undone, and nobody is reminded of it any more. */
  function leaveOut(writer: Writer, row: PlanRow) {
    const step = stepRowOf(row)
    if (!step) return
    if (step.state === 'queued') options.withdrawEmail(writer, step.id, reasons.skipped)
    writer.update(planStep, step.id, { state: 'skipped' })
    closeReminder(writer, row.id, 'dismissed')
  }

  function end(writer: Writer, row: PlanRow, ending: PlanEnding) {
    const step = stepRowOf(row)
    if (step?.state === 'queued') options.withdrawEmail(writer, step.id, endingReasons[ending])
    if (step?.state === 'open' || step?.state === 'queued')
      writer.update(planStep, step.id, { state: 'cancelled' })
    closeReminder(writer, row.id, 'dismissed')
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

  // Pausing -------------------------------------------------------------------------------------

  function pause(writer: Writer, row: PlanRow, until: number | null) {
    const step = stepRowOf(row)
    if (step?.state === 'queued') {
      options.withdrawEmail(writer, step.id, reasons.paused)
      writer.update(planStep, step.id, { state: 'open' })
    }
    closeReminder(writer, row.id, 'dismissed')
    const due = row.next_step_due_at ?? step?.due_at ?? writer.now
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
  function resume(writer: Writer, row: PlanRow, at = writer.now) {
    putOff(writer, row, at + (row.remaining ?? 0))
  }

  /** The current step gets a new date: the first moment from `at` on that fits. */
  function putOff(writer: Writer, row: PlanRow, at: number) {
    const stepRow = stepRowOf(row)
    const steps = stepsOf(row)
    const step = steps.find(({ id }) => id === row.step_id)
    if (!stepRow || !step || row.position === null) return
    const scheduled = fitStep(at, step, circumstancesOfRow(row))
    setDue(writer, row, { stepRow, step, position: row.position, scheduled })
  }

  /** Somebody chose this very moment for the current step. Answers whether there is one. */
  function moveTo(writer: Writer, row: PlanRow, at: number): boolean {
    const stepRow = stepRowOf(row)
    const step = stepsOf(row).find(({ id }) => id === row.step_id)
    if (!stepRow || !step || row.position === null || row.state !== 'in_progress') return false
    const lateAfter = endOfDayOf(at, workingHours.zoneOf(row.user_id))
    const scheduled = { at, moved: [], lateAfter }
    setDue(writer, row, { stepRow, step, position: row.position, scheduled })
    return true
  }

  function setDue(
    writer: Writer,
    row: PlanRow,
    {
      stepRow,
      step,
      position,
      scheduled,
    }: { stepRow: PlanStepRow; step: CadenceStep; position: number; scheduled: ScheduledStep },
  ) {
    if (stepRow.state === 'queued') options.withdrawEmail(writer, stepRow.id, reasons.putOff)
    writer.update(planStep, stepRow.id, {
      state: 'open',
      position,
      type: step.type,
      automated: step.automated,
      variant: variantOf(step, row.id),
      dueAt: scheduled.at,
      lateAfter: scheduled.lateAfter,
      moved: scheduled.moved,
    })
    closeReminder(writer, row.id, 'dismissed')
    remind(writer, subjectOf(row), step, { position, at: scheduled.at })
    writer.update(
      plan,
      row.id,
      waiting(step, position, { base: row.base_at ?? writer.now, scheduled }),
    )
  }

  /** An automated step becomes one for a person: it is due in the queue, and a reminder calls for it. */
  function handOver(writer: Writer, row: PlanRow) {
    const stepRow = stepRowOf(row)
    const step = stepsOf(row).find(({ id }) => id === row.step_id)
    if (!stepRow || !step || row.position === null) return
    writer.update(planStep, stepRow.id, { state: 'open', automated: false })
    const at = stepRow.due_at
    remind(writer, subjectOf(row), { ...step, automated: false }, { position: row.position, at })
    writer.update(plan, row.id, { nextStepDueAt: at, wakeAt: null })
  }

  /** Subject and body of an e-mail step; undefined where either is missing. */
  function textsOfStep(row: PlanRow, stepRow: PlanStepRow) {
    const step = stepsOf(row).find(({ id }) => id === stepRow.step_id)
    const { subject, body } = step ? textsOf(step, stepRow.variant) : { subject: null, body: null }
    return subject && body ? { subject, body } : undefined
  }

  // What comes from outside ---------------------------------------------------------------------

  /** The contact has answered: the plan stops, or goes where a branch of the last done step leads. */
  function replied(writer: Writer, row: PlanRow, at: number, stops = settingsOf(row).stopOnReply) {
    const last = database.get<PlanStepRow>(
      `select * from plan_step where plan_id = ? and state = 'done' order by rowid desc limit 1`,
      row.id,
    )
    if (row.replied_at === null) writer.update(plan, row.id, { repliedAt: at })
    if (last && last.replied_at === null) writer.update(planStep, last.id, { repliedAt: at })
    const answered = rowOf(row.id)
    if (stops) return end(writer, answered, 'replied')
    if (row.replied_at !== null || !last || row.state !== 'in_progress') return
    const steps = stepsOf(row)
    const place = steps.findIndex(({ id }) => id === last.step_id)
    const onward = onwardOnReply(steps, place)
    if (!onward) return
    if ('position' in onward && steps[onward.position]?.id === row.step_id) return
    if ('position' in onward) leaveOut(writer, answered)
    advance(writer, answered, onward, at)
  }

  function reassign(writer: Writer, row: PlanRow, userId: string | null) {
    writer.update(plan, row.id, { userId })
    writer.run(
      `update reminder set user_id = ?, updated_at = ?
       where plan_id = ? and status in ('pending', 'snoozed') and deleted_at is null`,
      userId,
      writer.now,
      row.id,
    )
  }

  /** Brings every plan of the cadence that is not over to these steps; none runs a step twice. */
  function moveAll(writer: Writer, to: Version) {
    const rows = database.all<PlanRow>(
      `select * from plan where cadence_id = ? and state in ${liveStates} and version_id <> ?`,
      to.cadenceId,
      to.id,
    )
    for (const row of rows) move(writer, row, to)
  }

  function move(writer: Writer, row: PlanRow, to: Version) {
    const before = stepsOf(row).find(({ id }) => id === row.step_id)
    writer.update(plan, row.id, { versionId: to.id, stepCount: to.steps.length })
    if (row.state === 'not_started') return
    const moved: PlanRow = { ...row, version_id: to.id, step_count: to.steps.length }
    const stepRow = stepRowOf(row)
    const position = to.steps.findIndex(({ id }) => id === row.step_id)
    const step = to.steps[position]
    if (step && stepRow) {
      if (row.state === 'paused') {
        writer.update(plan, row.id, { position })
        writer.update(planStep, stepRow.id, {
          position,
          type: step.type,
          automated: step.automated,
          variant: variantOf(step, row.id),
        })
      } else if (JSON.stringify(step) !== JSON.stringify(before) || position !== row.position)
        setDue(writer, moved, {
          stepRow,
          step,
          position,
          scheduled:
            timingOf(step) === timingOf(before)
              ? {
                  at: stepRow.due_at,
                  lateAfter: stepRow.late_after,
                  moved: fromJson(stepRow.moved),
                }
              : scheduleStep(row.base_at ?? writer.now, step, circumstancesOfRow(moved)),
        })
      return
    }
    if (stepRow) {
      if (stepRow.state === 'queued') options.withdrawEmail(writer, stepRow.id, reasons.changed)
      writer.update(planStep, stepRow.id, { state: 'cancelled' })
      closeReminder(writer, row.id, 'dismissed')
    }
    const ran = new Set(
      database
        .all<{ step_id: string }>(
          `select step_id from plan_step where plan_id = ? and state in ('done', 'skipped')`,
          row.id,
        )
        .map(({ step_id }) => step_id),
    )
    const next = to.steps.findLastIndex(({ id }) => ran.has(id)) + 1
    const wasPaused = row.state === 'paused'
    advance(writer, moved, stepAt(to.steps, next), row.base_at ?? writer.now)
    const now = rowOf(row.id)
    if (wasPaused && now.state === 'in_progress') pause(writer, now, row.paused_until)
  }

  return {
    rowOf,
    stepRowOf,
    versionOf,
    stepsOf,
    settingsOf,
    circumstancesOf,
    circumstancesOfRow,
    create,
    start,
    complete,
    skip,
    end,
    pause,
    resume,
    putOff,
    moveTo,
    handOver,
    textsOf: textsOfStep,
    isAnswer,
    stopsAt,
    replied,
    reassign,
    moveAll,
    wakeAt,
  }
}

/** What of a step decides when it is due. */
const timingOf = (step: CadenceStep | undefined) =>
  step && JSON.stringify([step.delay, step.delayUnit, step.window, step.automated])
