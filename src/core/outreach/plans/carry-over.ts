/** Makes plans know steps whose e-mails went out from a database that lost its place. */
import type { Writer } from '../../kernel/database/database'
import type { ReplacedDatabase } from '../../kernel/file/replaced'
import type { Kernel } from '../../kernel/kernel'
import type { PlanRow, PlanStepRow } from './rows'
import { plan, planStep } from './table'

export function createStepCarryOver({ database }: Kernel) {
  const existing = (table: 'cadence' | 'user', id: string | null) =>
    id !== null && database.get(`select 1 from ${table} where id = ?`, id) ? id : null

  /**
   * Finds or adds the step in the plan as it is here. One the plan has not come to yet is passed
   * over when it does; one it waits at waits for the e-mail.
   * @returns the id of the step here; undefined where the plan does not exist here
   */
  return function carryOverStep(
    writer: Writer,
    from: ReplacedDatabase,
    {
      planId,
      planStepId,
      state,
    }: { planId: string; planStepId: string; state: 'sent' | 'unknown' },
  ): string | undefined {
    const row = database.get<PlanRow>('select * from plan where id = ?', planId)
    if (!row) return undefined
    const [theirs] = from.all<PlanStepRow>('select * from plan_step where id = ?', planStepId)
    if (!theirs) return undefined
    const own = database.get<PlanStepRow>(
      'select * from plan_step where plan_id = ? and step_id = ?',
      planId,
      theirs.step_id,
    )
    if (own) {
      if (state === 'unknown' && own.state === 'open') {
        writer.update(planStep, own.id, { state: 'queued' })
        if (row.step_id === own.step_id && row.state === 'in_progress')
          writer.update(plan, planId, { nextStepDueAt: null, wakeAt: null })
      }
      return own.id
    }
    return writer.insert(planStep, {
      id: theirs.id,
      planId,
      cadenceId: existing('cadence', theirs.cadence_id),
      stepId: theirs.step_id,
      position: theirs.position,
      type: theirs.type,
      automated: theirs.automated,
      variant: theirs.variant,
      state: state === 'sent' ? 'done' : 'skipped',
      dueAt: theirs.due_at,
      lateAfter: theirs.late_after,
      moved: theirs.moved,
      doneAt: theirs.done_at,
      doneBy: existing('user', theirs.done_by),
    })
  }
}
