/** A cadence has new steps, and its plans move to them. No plan runs a step twice. */
import { dequal } from 'dequal'
import type { CadenceStep } from '../../../contract/outreach/cadences'
import type { Writer } from '../../kernel/database/database'
import { fromJson } from '../../kernel/database/rows'
import type { Kernel } from '../../kernel/kernel'
import { scheduleStep, stepAt, type Version } from '../cadences/cadences'
import { leaveStep } from './ending'
import type { CurrentStep, PlanLookup } from './lookup'
import type { Progress } from './progress'
import { reasons } from './reasons'
import { liveStates, type PlanRow } from './rows'
import { plan } from './table'
import type { Waiting } from './waiting'

export function createMoveToNewSteps(
  { database }: Kernel,
  { lookup, waiting, progress }: { lookup: PlanLookup; waiting: Waiting; progress: Progress },
) {
  /** Moves every plan of the cadence that is not over. */
  return function movePlans(writer: Writer, to: Version) {
    const rows = database.all<PlanRow>(
      `select * from plan where cadence_id = ? and state in ${liveStates} and version_id <> ?`,
      to.cadenceId,
      to.id,
    )
    for (const row of rows) move(writer, row, to)
  }

  function move(writer: Writer, row: PlanRow, to: Version) {
    const before = lookup.stepOf(row, row.step_id)
    writer.update(plan, row.id, { versionId: to.id, stepCount: to.steps.length })
    if (row.state === 'not_started') return
    const stored = lookup.storedStepOf(row)
    const moved: PlanRow = { ...row, version_id: to.id, step_count: to.steps.length }
    const position = to.steps.findIndex(({ id }) => id === row.step_id)
    const step = to.steps[position]
    if (step && stored) return keepStep(writer, moved, { step, stored, position }, before)
    leaveStep(writer, database, row, 'cancelled', reasons.changed)
    const ran = ranIn(row.id)
    const last = to.steps.findLastIndex(({ id }) => ran.has(id))
    progress.advance(writer, moved, stepAt(to.steps, last + 1), row.base_at ?? writer.now)
    const now = lookup.rowOf(row.id)
    if (row.state === 'paused' && now.state === 'in_progress')
      waiting.pause(writer, now, row.paused_until)
  }

  /** The step that the plan waits at is among the new ones: its date stays unless its timing changed. */
  function keepStep(
    writer: Writer,
    row: PlanRow,
    current: CurrentStep,
    before: CadenceStep | undefined,
  ) {
    const { step, stored, position } = current
    if (row.state === 'paused') return waiting.changeStep(writer, row, current)
    if (dequal(step, before) && position === row.position) return
    const scheduled = dequal(timingOf(step), timingOf(before))
      ? { at: stored.due_at, lateAfter: stored.late_after, moved: fromJson(stored.moved) }
      : scheduleStep(row.base_at ?? writer.now, step, lookup.circumstancesOfRow(row))
    waiting.setDue(writer, row, current, scheduled)
  }

  function ranIn(planId: string): Set<string> {
    const rows = database.all<{ step_id: string }>(
      `select step_id from plan_step where plan_id = ? and state in ('done', 'skipped')`,
      planId,
    )
    return new Set(rows.map(({ step_id }) => step_id))
  }
}

/** What of a step decides when it is due. */
const timingOf = (step: CadenceStep | undefined) =>
  step && [step.delay, step.delayUnit, step.window, step.automated]
