/** Which plan an activity moves on: the one whose current step it is, or the one it answers. */
import type { Writer } from '../kernel/database'
import type { Ground } from '../kernel/ground'
import type { Progress } from './progress'
import type { PlanRow } from './rows'

interface ActivityRow {
  id: string
  category: string
  type: string
  lead_id: string | null
  contact_id: string | null
  user_id: string | null
  occurred_at: number | null
  direction: string | null
  outcome: string | null
  deleted_at: number | null
}

/** The type a step has where an activity of another type does it as well. */
const doneAs: Readonly<Record<string, string>> = { email_sent: 'email' }

export function createMatching({ database }: Ground, progress: Progress) {
  /**
   * Called within the action that writes an activity or completes it. An outbound one that has
   * happened completes the step it fits by type and by lead or person: the one due first, where it
   * would fit several. An inbound one is a reply to every plan of that lead or person.
   */
  function logged(writer: Writer, activityId: string) {
    const row = database.get<ActivityRow>(
      `select id, category, type, lead_id, contact_id, user_id, occurred_at, direction, outcome, deleted_at
       from activity where id = ?`,
      activityId,
    )
    if (!row || row.category === 'system' || row.deleted_at !== null) return
    if (row.occurred_at === null || (row.lead_id === null && row.contact_id === null)) return
    const at = Math.min(row.occurred_at, writer.now)
    if (row.type === 'email_received' || row.direction === 'inbound')
      return answered(writer, row, at)
    const type = doneAs[row.type] ?? row.type
    if (row.category === 'automated' && type === row.type) return
    const fitting = plansOf(row, `('in_progress')`).find(
      (plan) =>
        plan.next_step_due_at !== null && at >= (plan.base_at ?? 0) && currentType(plan) === type,
    )
    if (!fitting) return
    progress.complete(writer, fitting, {
      at,
      by: row.user_id,
      outcome: row.outcome,
      activityId: row.id,
    })
  }

  function answered(writer: Writer, activity: ActivityRow, at: number) {
    for (const plan of plansOf(activity, `('in_progress', 'paused')`))
      if (plan.started_at !== null && at >= plan.started_at) progress.replied(writer, plan, at)
  }

  const currentType = (plan: PlanRow) => progress.stepRowOf(plan)?.type

  /** Of its lead, or of its person: a plan for somebody else at the same company is not meant. */
  function plansOf({ lead_id, contact_id }: ActivityRow, states: string): PlanRow[] {
    const ofLead =
      lead_id === null
        ? []
        : database
            .all<PlanRow>(`select * from plan where lead_id = ? and state in ${states}`, lead_id)
            .filter((plan) => !plan.contact_id || !contact_id || plan.contact_id === contact_id)
    const ofPerson =
      contact_id === null
        ? []
        : database.all<PlanRow>(
            `select * from plan where contact_id = ? and state in ${states} ${lead_id === null ? '' : 'and lead_id is null'}`,
            contact_id,
          )
    return [...ofLead, ...ofPerson].sort(
      (one, other) =>
        (one.next_step_due_at ?? 0) - (other.next_step_due_at ?? 0) || one.seq - other.seq,
    )
  }

  return { logged }
}
