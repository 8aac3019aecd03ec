/** Suggestions: the next step for leads that wait for nothing, each with the reason for it. */
import type { contract } from '../../../contract'
import type { InputOf } from '../../../contract/kernel/base'
import {
  type LeadScope,
  leadScopes,
  type SuggestionKind,
  suggestionKinds,
  taskTypes,
} from '../../../contract/kernel/words'
import type { Suggestion, SuggestionEvidence } from '../../../contract/outreach/suggestions'
import type { Tasks } from '../../agenda/tasks/tasks'
import type { WorkingHours } from '../../agenda/working-hours/working-hours'
import type { Actor } from '../../kernel/actor'
import { seesAll } from '../../kernel/authorisation'
import { fromInstant, toInstant, toReference } from '../../kernel/database/rows'
import { forbidden, notFound } from '../../kernel/errors'
import type { Kernel } from '../../kernel/kernel'
import { quoted } from '../../kernel/records/records'
import { activeOr } from '../../records/links/links'
import { fitStep } from '../cadences/cadences'
import { createHistory } from './history'
import { suggestionAnswer } from './table'

export type Suggestions = ReturnType<typeof createSuggestions>
type Procedures = (typeof contract)['suggestions']

interface LeadRow {
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
interface LastStep {
  type: string
  outcome: string | null
  direction: string | null
  at: number
}
interface Idea {
  kind: SuggestionKind
  type: string
  dueAt: number
  because: string
  evidence: SuggestionEvidence
}

const day = 86_400_000
/** A sent e-mail without an answer for this long asks for a call. */
const noReplyDays = 3
/** So long after a voicemail it is tried again. */
const voicemailDays = 2
/** A lead is stale after as many quiet days where its stage says nothing. */
const staleDays = 14
/** Leads that are looked at for one list: those that were touched last come first. */
const mostLeads = 400

/** How much each kind usually helps; answers of the user move it. */
const worth: Record<SuggestionKind, number> = {
  history: 1,
  voicemail: 0.9,
  no_reply: 0.8,
  stale: 0.6,
  no_next_step: 0.5,
}

/** Open leads for which nothing is planned: no activity, task, reminder or plan waits. */
const idle = `lead.status = 'open' and lead.deleted_at is null
  and not exists (select 1 from activity where activity.lead_id = lead.id and activity.open_at is not null)
  and not exists (select 1 from task where task.lead_id = lead.id and task.status in ('pending', 'in_progress') and task.deleted_at is null)
  and not exists (select 1 from reminder where reminder.lead_id = lead.id and reminder.due_at is not null)
  and not exists (select 1 from plan where plan.lead_id = lead.id and plan.state in ('not_started', 'in_progress', 'paused'))`

/** @param owners ids, or null for everybody's and nobody's */
const ownedByAny = (owners: readonly string[] | null): string =>
  owners === null ? 'true' : `lead.owner_id in (${owners.map(() => '?').join(', ')})`

const select = `select lead.id, lead.title, lead.owner_id, owner.name as owner_name, contact.id as contact_id,
    contact.name as contact_name, company.id as company_id, company.name as company_name, company.industry,
    lead.source, lead.created_at, stage.rotting_days
  from lead join stage on stage.id = lead.stage_id left join user owner on owner.id = lead.owner_id
  left join contact on contact.id = lead.contact_id left join company on company.id = lead.company_id`

export function createSuggestions(
  kernel: Kernel,
  {
    tasks,
    workingHours,
    labelOf,
  }: {
    tasks: Pick<Tasks, 'insert'>
    workingHours: WorkingHours
    labelOf(list: 'activity_type' | 'outcome', name: string): string
  },
) {
  const { database, clock } = kernel
  const history = createHistory(kernel)

  function list(actor: Actor, input: InputOf<Procedures['list']>): Suggestion[] {
    const userId = input.userId ?? actor.userId
    if (userId !== actor.userId && !seesAll(actor))
      throw forbidden('Only a manager may see the suggestions of others.')
    const owners = input.userId ? [userId] : ownersOf(actor, input.scope)
    const rows = input.leadId
      ? [leadRow(actor, input.leadId)].filter((row) => row !== undefined)
      : database.all<LeadRow>(
          `${select} where ${ownedByAny(owners)} and ${idle}
           order by lead.last_activity_at desc, lead.seq desc limit ?`,
          ...(owners ?? []),
          mostLeads,
        )
    const weight = weightsOf(actor.userId)
    return rows
      .flatMap((row) => ideasOf(actor, row).map((idea) => ({ row, idea })))
      .map(({ row, idea }) => ({ row, idea, value: worthOf(idea) * weight[idea.kind] }))
      .sort((one, other) => other.value - one.value || one.idea.dueAt - other.idea.dueAt)
      .slice(0, input.limit)
      .map(({ row, idea }) => toShape(row, idea))
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
           from lead where lead.status = 'open' and lead.deleted_at is null and ${ownedByAny(ownerIds)}`,
          ...(ownerIds ?? []),
        ) ?? { open: 0, withoutStep: 0 }),
      }))
  }

  const leadRow = (actor: Actor, id: string) =>
    database.get<LeadRow>(
      `${select} where lead.id = ? and ${idle} ${seesAll(actor) ? '' : 'and lead.owner_id = ?'}`,
      id,
      ...(seesAll(actor) ? [] : [actor.userId]),
    )

  const toShape = (row: LeadRow, { kind, dueAt, ...idea }: Idea): Suggestion => ({
    id: `${kind}.${row.id}`,
    kind,
    lead: { id: row.id, name: row.title },
    contact: toReference(row.contact_id, row.contact_name),
    company: toReference(row.company_id, row.company_name),
    user: toReference(row.owner_id, row.owner_name),
    ...idea,
    dueAt: toInstant(dueAt),
  })

  /** What the past proves is worth what it proves; the rest what its rule usually does. */
  const worthOf = ({ kind, evidence }: Idea) =>
    kind === 'history' ? worth.history * (0.5 + (evidence.low ?? 0)) : worth[kind]

  /** Kinds that were dismissed more than accepted sink; one answer more on each side to begin with. */
  function weightsOf(userId: string): Record<SuggestionKind, number> {
    const counts = database.all<{ kind: SuggestionKind; accepted: number; dismissed: number }>(
      `select kind, sum(answer = 'accepted') as accepted, sum(answer = 'dismissed') as dismissed
       from suggestion_answer where user_id = ? group by kind`,
      userId,
    )
    const of = (kind: SuggestionKind) => {
      const { accepted = 0, dismissed = 0 } = counts.find((row) => row.kind === kind) ?? {}
      return (2 * (accepted + 1)) / (accepted + dismissed + 2)
    }
    return Object.fromEntries(suggestionKinds.map((kind) => [kind, of(kind)])) as Record<
      SuggestionKind,
      number
    >
  }

  // What there is to suggest --------------------------------------------------------------------

  function ideasOf(actor: Actor, row: LeadRow): Idea[] {
    const dismissed = new Set(
      database
        .all<{ kind: SuggestionKind }>(
          `select kind from suggestion_answer where lead_id = ? and answer = 'dismissed'`,
          row.id,
        )
        .map(({ kind }) => kind),
    )
    const last = lastStep(row.id)
    const userId = row.owner_id ?? actor.userId
    const ideas = [fromHistory(actor, row, last, userId), ...byRule(row, last, userId)]
    return ideas.filter((idea) => idea !== undefined && !dismissed.has(idea.kind)) as Idea[]
  }

  const lastStep = (leadId: string) =>
    database.get<LastStep>(
      `select iif(type = 'email_sent', 'email', type) as type, outcome, direction, at from activity
       where lead_id = ? and deleted_at is null and open_at is null and category <> 'system' and at <= ?
         and type not in ('note', 'email_opened', 'email_clicked')
       order by at desc, seq desc limit 1`,
      leadId,
      clock.now(),
    )

  /** The first rule that holds: one reason is enough. */
  function byRule(row: LeadRow, last: LastStep | undefined, userId: string): Idea[] {
    const now = clock.now()
    const idea = (kind: SuggestionKind, type: string, wanted: number, because: string): Idea => ({
      kind,
      type,
      dueAt: workingMoment(userId, Math.max(now, wanted)),
      because,
      evidence: history.evidenceFor(userId, situationOf(row, last), type),
    })
    const quietSince = last?.at ?? row.created_at
    const quietDays = Math.floor((now - quietSince) / day)
    const ago = (days: number) =>
      days === 0 ? 'today' : days === 1 ? 'yesterday' : `${days} days ago`
    if (last?.type === 'call' && ['voicemail_left', 'no_answer'].includes(last.outcome ?? ''))
      return [
        idea(
          'voicemail',
          'call',
          last.at + voicemailDays * day,
          `The last call, ${ago(quietDays)}, ended with “${labelOf('outcome', last.outcome ?? '').toLowerCase()}”: try again ${voicemailDays} days after it.`,
        ),
      ]
    if (last?.type === 'email' && last.direction !== 'inbound' && quietDays >= noReplyDays)
      return [
        idea(
          'no_reply',
          'call',
          now,
          `The e-mail of ${quietDays} days ago has had no answer: a call may reach them.`,
        ),
      ]
    const patience = row.rotting_days ?? staleDays
    if (quietDays >= patience)
      return [
        idea(
          'stale',
          'follow_up',
          now,
          `Nothing has happened for ${quietDays} days; the limit of this stage is ${patience}.`,
        ),
      ]
    return [idea('no_next_step', 'follow_up', now + day, 'Nothing is planned for this open lead.')]
  }

  function fromHistory(
    actor: Actor,
    row: LeadRow,
    last: LastStep | undefined,
    userId: string,
  ): Idea | undefined {
    if (!last || last.direction === 'inbound') return undefined
    const next = history.bestNext(userId, situationOf(row, last))
    if (!next) return undefined
    const { cases, answered, alike } = next.evidence
    const among = [
      alike.includes('industry') && `in ${row.industry}`,
      alike.includes('source') && `from ${row.source}`,
    ]
      .filter(Boolean)
      .join(', ')
    const whose = userId === actor.userId ? 'your leads' : `leads of ${row.owner_name}`
    const called = (type: string) => labelOf('activity_type', type).toLowerCase()
    return {
      kind: 'history',
      type: next.type,
      dueAt: workingMoment(userId, Math.max(clock.now(), last.at + next.days * day)),
      because: `For ${whose}${among ? ` ${among}` : ''}, ${called(next.type)} within ${next.days} ${next.days === 1 ? 'day' : 'days'} after ${called(last.type)} was answered ${answered} of ${cases} times.`,
      evidence: next.evidence,
    }
  }

  const situationOf = (row: LeadRow, last: LastStep | undefined) => ({
    industry: row.industry,
    source: row.source,
    type: last?.type ?? '',
  })

  /** The first moment from then on at which this user works. */
  const workingMoment = (userId: string, at: number): number => {
    const user = workingHours.timeOf(userId)
    const circumstances = { user, contactZone: user.zone, workingTimeOnly: true }
    return fitStep(at, { window: null, automated: false }, circumstances).at
  }

  // Answers -------------------------------------------------------------------------------------

  /** @throws not_found where it does not hold (any more) */
  function requireSuggestion(actor: Actor, id: string) {
    const [kind, leadId = ''] = id.split('.')
    const row = leadRow(actor, leadId)
    const idea = row && ideasOf(actor, row).find((one) => one.kind === kind)
    if (!row || !idea) throw notFound('suggestion')
    return { row, idea }
  }

  function accept(actor: Actor, { id, dueAt }: InputOf<Procedures['accept']>) {
    const { row, idea } = requireSuggestion(actor, id)
    const at = fromInstant(dueAt) ?? idea.dueAt
    const assigneeId = activeOr(database, row.owner_id, actor.userId)
    const type = taskTypes.find((one) => one === idea.type) ?? 'other'
    const title = `${labelOf('activity_type', idea.type)}: ${row.title}`.slice(0, 255)
    let taskId = ''
    database.act(actor, { label: `Plan ${quoted(title)}` }, (writer) => {
      taskId = tasks.insert(writer, {
        title,
        type,
        description: idea.because,
        leadId: row.id,
        companyId: row.company_id,
        contactId: row.contact_id,
        assigneeId,
        dueAt: toInstant(at),
        zone: workingHours.zoneOf(assigneeId),
      })
      writer.insert(suggestionAnswer, {
        userId: actor.userId,
        leadId: row.id,
        kind: idea.kind,
        answer: 'accepted',
        taskId,
      })
    })
    return { id, taskId }
  }

  function dismiss(actor: Actor, id: string) {
    const { row, idea } = requireSuggestion(actor, id)
    database.act(actor, { label: `Dismiss a suggestion for ${quoted(row.title)}` }, (writer) => {
      writer.insert(suggestionAnswer, {
        userId: actor.userId,
        leadId: row.id,
        kind: idea.kind,
        answer: 'dismissed',
      })
    })
    return { id }
  }

  return { list, scopes, accept, dismiss }
}
