/** Open leads for which nothing is planned, as far as somebody may see them. */
import { type LeadScope, leadScopes } from '../../../contract/kernel/words'
import type { Actor } from '../../kernel/actor'
import { seesAll } from '../../kernel/authorisation'
import type { Database } from '../../kernel/database/database'

export interface IdleLead {
  id: string
  title: string
  owner_id: string | null
  owner_name: string | null
  contact_id: string | null
  contact_name: string | null
  company_id: string | null
  company_name: string | null
  industry: string | null
  source: string | null
  created_at: number
  rotting_days: number | null
}
/** Leads that are looked at for one list: those that were touched last come first. */
const mostLeads = 400

/** No activity, task, reminder or plan of it is open. */
const idle = `lead.status = 'open' and lead.deleted_at is null
  and not exists (select 1 from activity where activity.lead_id = lead.id and activity.open_at is not null)
  and not exists (select 1 from task where task.lead_id = lead.id and task.status in ('pending', 'in_progress') and task.deleted_at is null)
  and not exists (select 1 from reminder where reminder.lead_id = lead.id and reminder.due_at is not null)
  and not exists (select 1 from plan where plan.lead_id = lead.id and plan.state in ('not_started', 'in_progress', 'paused'))`

/** @param owners ids, or null for everybody's and nobody's */
const ownedByAny = (owners: readonly string[] | null): string =>
  owners === null ? 'true' : `lead.owner_id in (${owners.map(() => '?').join(', ')})`

/** What the index of open leads says of them already: whatever is open is their next step. */
const waiting = `lead.stage_id in (select id from stage) and lead.next_step_at is null`

const selectFrom = (
  lead: string,
) => `select lead.id, lead.title, lead.owner_id, owner.name as owner_name, contact.id as contact_id,
    contact.name as contact_name, company.id as company_id, company.name as company_name, company.industry,
    lead.source, lead.created_at, stage.rotting_days
  from ${lead} join stage on stage.id = lead.stage_id left join user owner on owner.id = lead.owner_id
  left join contact on contact.id = lead.contact_id left join company on company.id = lead.company_id`

export function createIdleLeads(database: Database) {
  /** Undefined where it is not idle, or not the actor's to see. */
  const find = (actor: Actor, id: string) =>
    database.get<IdleLead>(
      `${selectFrom('lead')} where lead.id = ? and ${idle} ${seesAll(actor) ? '' : 'and lead.owner_id = ?'}`,
      id,
      ...(seesAll(actor) ? [] : [actor.userId]),
    )

  /** Those touched last, of the people of a scope or of one person. */
  function latest(actor: Actor, of: { scope: LeadScope } | { userId: string }): IdleLead[] {
    const owners = 'userId' in of ? [of.userId] : ownersOf(actor, of.scope)
    return database.all<IdleLead>(
      `${selectFrom('lead indexed by lead_signals')} where ${waiting} and ${ownedByAny(owners)} and ${idle}
       order by lead.last_activity_at desc, lead.seq desc limit ?`,
      ...(owners ?? []),
      mostLeads,
    )
  }

  /** The people whose leads a scope holds; null for everybody, nobody included. A rep has its own only. */
  function ownersOf(actor: Actor, scope: LeadScope): string[] | null {
    if (scope === 'mine' || !seesAll(actor)) return [actor.userId]
    if (scope === 'everybody') return null
    return database
      .all<{ id: string }>(
        `select id from user where id = ? or (deleted_at is null and (manager_id = ? or team_id in (
           select team.id from team where team.deleted_at is null
             and (team.manager_id = ? or team.id = (select team_id from user where id = ?)))))`,
        ...Array<string>(4).fill(actor.userId),
      )
      .map(({ id }) => id)
  }

  function scopes(actor: Actor) {
    const offered = seesAll(actor) ? leadScopes : (['mine'] as const)
    return offered
      .map((scope) => ({ scope, ownerIds: ownersOf(actor, scope) }))
      .filter(({ scope, ownerIds }) => scope !== 'team' || (ownerIds?.length ?? 0) > 1)
      .map(({ scope, ownerIds }) => ({
        scope,
        ownerIds,
        ...(database.get<{ open: number; withoutStep: number }>(
          `select count(*) as open, count(*) filter (where lead.next_step_at is null) as withoutStep
           from lead indexed by lead_signals
           where lead.status = 'open' and lead.deleted_at is null and ${ownedByAny(ownerIds)}`,
          ...(ownerIds ?? []),
        ) ?? { open: 0, withoutStep: 0 }),
      }))
  }

  return { find, latest, scopes }
}
