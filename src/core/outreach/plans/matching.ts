/** Which plan an activity moves on: the one whose current step it is, or the one it answers. */
import type { contract } from '../../../contract'
import type { InputOf } from '../../../contract/kernel/base'
import { ownValue } from '../../../contract/kernel/own-value'
import type { PlanChoice } from '../../../contract/timeline/words'
import type { Actor } from '../../kernel/actor'
import { seesAll } from '../../kernel/authorisation'
import type { Writer } from '../../kernel/database/database'
import { fromInstant } from '../../kernel/database/rows'
import type { Kernel } from '../../kernel/kernel'
import type { PlanLookup } from './lookup'
import type { Progress } from './progress'
import { type PlanRow, planScope } from './rows'

type StoppingInput = InputOf<(typeof contract)['plans']['stopping']>
/** As many as a question names. */
const mostNames = 5

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

export type Matching = ReturnType<typeof createMatching>

export function createMatching(
  { database, clock }: Kernel,
  { lookup, progress }: { lookup: PlanLookup; progress: Progress },
) {
  /**
   * Called within the action that writes an activity or completes it. An outbound one that has
   * happened completes the step it fits by type and by lead or person: the one due first, where it
   * would fit several. An inbound one is a reply to every plan of that lead or person, and so is an
   * outcome that says they have answered.
   */
  function logged(writer: Writer, activityId: string, choice?: PlanChoice) {
    const row = happened(activityId)
    if (!row) return
    const at = Math.min(row.occurred_at, writer.now)
    if (row.type === 'email_received' || row.direction === 'inbound')
      return answered(writer, row, { at, choice })
    const type = ownValue(doneAs, row.type) ?? row.type
    if (row.category === 'automated' && type === row.type) return
    const fitting = plansOf(row, `('in_progress')`).find((plan) =>
      isStepOf(plan, writer.actor, type, at),
    )
    if (fitting)
      progress.complete(writer, fitting, {
        at,
        by: row.user_id,
        outcome: row.outcome,
        activityId: row.id,
        choice,
      })
    heardOutcome(writer, row, { at, choice, except: fitting?.id })
  }

  /** The outcome of something that has happened was set later, or by the step it completed. */
  function outcomeChanged(
    writer: Writer,
    activityId: string,
    { choice, except }: { choice?: PlanChoice | undefined; except?: string } = {},
  ) {
    const row = happened(activityId)
    if (!row) return
    heardOutcome(writer, row, { at: Math.min(row.occurred_at, writer.now), choice, except })
  }

  function happened(activityId: string): (ActivityRow & { occurred_at: number }) | undefined {
    const row = database.get<ActivityRow>(
      `select id, category, type, lead_id, contact_id, user_id, occurred_at, direction, outcome, deleted_at
       from activity where id = ?`,
      activityId,
    )
    if (!row || row.category === 'system' || row.deleted_at !== null) return undefined
    const { occurred_at } = row
    if (occurred_at === null || (row.lead_id === null && row.contact_id === null)) return undefined
    return { ...row, occurred_at }
  }

  /** What an outcome does to the plans whose step it did not complete. */
  function heardOutcome(
    writer: Writer,
    row: ActivityRow,
    {
      at,
      choice,
      except,
    }: { at: number; choice?: PlanChoice | undefined; except?: string | undefined },
  ) {
    if (row.outcome === null) return
    for (const plan of plansOf(row, `('in_progress', 'paused')`)) {
      if (plan.id === except || plan.started_at === null || at < plan.started_at) continue
      if (lookup.isAnswer(plan, row.outcome))
        progress.replied(writer, plan, at, choice !== 'continue')
      else if (choice === 'stop' && isOwn(writer.actor, plan)) progress.end(writer, plan, 'by_hand')
    }
  }

  /** What an activity like this one would stop unless it says otherwise. */
  function stopping(actor: Actor, { type, outcome, direction, occurredAt, about }: StoppingInput) {
    const at = Math.min(fromInstant(occurredAt) ?? clock.now(), clock.now())
    const plans = new Map<string, PlanRow>()
    const stepType = ownValue(doneAs, type) ?? type
    for (const { leadId = null, contactId = null } of about) {
      if (leadId === null && contactId === null) continue
      const found = plansOf(
        { lead_id: leadId, contact_id: contactId },
        `('in_progress', 'paused')`,
      ).filter(({ started_at }) => started_at !== null && at >= started_at)
      const fitting =
        direction === 'inbound'
          ? undefined
          : found.find((plan) => isStepOf(plan, actor, stepType, at))
      for (const plan of found)
        if (
          plan === fitting
            ? lookup.stopsAtOutcome(plan, outcome)
            : direction === 'inbound'
              ? lookup.stopsAtReply(plan, outcome)
              : lookup.isAnswer(plan, outcome)
        )
          plans.set(plan.id, plan)
    }
    const scope = planScope(actor)
    const visible = [...plans.values()].filter(
      ({ id }) =>
        !scope ||
        database.get(`select 1 from plan where id = ? and ${scope.sql}`, id, ...scope.parameters),
    )
    return {
      count: visible.length,
      names: [...new Set(visible.map(({ name }) => name))].slice(0, mostNames),
    }
  }

  function answered(
    writer: Writer,
    activity: ActivityRow,
    { at, choice }: { at: number; choice: PlanChoice | undefined },
  ) {
    for (const plan of plansOf(activity, `('in_progress', 'paused')`)) {
      if (plan.started_at === null || at < plan.started_at) continue
      const stops = choice ? choice === 'stop' : lookup.stopsAtReply(plan, activity.outcome)
      progress.replied(writer, plan, at, stops)
    }
  }

  /** A rep's call to a shared contact does not do the step of somebody else's plan; a reply is one to all. */
  const isOwn = (actor: Actor, { user_id, lead_id }: PlanRow): boolean =>
    seesAll(actor) ||
    user_id === actor.userId ||
    (lead_id !== null &&
      database.get('select 1 from lead where id = ? and owner_id = ?', lead_id, actor.userId) !==
        undefined)

  /** Whether an outbound activity of this type does the step that the plan waits at. */
  const isStepOf = (plan: PlanRow, actor: Actor, type: string, at: number): boolean =>
    plan.state === 'in_progress' &&
    plan.next_step_due_at !== null &&
    at >= (plan.base_at ?? 0) &&
    lookup.storedStepOf(plan)?.type === type &&
    isOwn(actor, plan)

  /** Of its lead, or of its person: a plan for somebody else at the same company is not meant. */
  function plansOf(
    { lead_id, contact_id }: Pick<ActivityRow, 'lead_id' | 'contact_id'>,
    states: string,
  ): PlanRow[] {
    const ofLead =
      lead_id === null
        ? []
        : database
            .all<PlanRow>(`select * from plan where lead_id = +? and state in ${states}`, lead_id)
            .filter((plan) => !plan.contact_id || !contact_id || plan.contact_id === contact_id)
    const ofPerson =
      contact_id === null
        ? []
        : database.all<PlanRow>(
            `select * from plan where contact_id = +? and state in ${states} ${lead_id === null ? '' : 'and lead_id is null'}`,
            contact_id,
          )
    return [...ofLead, ...ofPerson].sort(
      (one, other) =>
        (one.next_step_due_at ?? 0) - (other.next_step_due_at ?? 0) || one.seq - other.seq,
    )
  }

  return { logged, outcomeChanged, stopping }
}
