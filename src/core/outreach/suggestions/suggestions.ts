/** Suggestions: the next step for leads that wait for nothing, each with the reason for it. */
import type { contract } from '../../../contract'
import { taskTypes } from '../../../contract/agenda/words'
import type { InputOf } from '../../../contract/kernel/base'
import type { Suggestion } from '../../../contract/outreach/suggestions'
import { type SuggestionKind, suggestionKinds } from '../../../contract/outreach/words'
import type { Tasks } from '../../agenda/tasks/tasks'
import type { Actor } from '../../kernel/actor'
import { seesAll } from '../../kernel/authorisation'
import { fromInstant, toInstant, toReference } from '../../kernel/database/rows'
import { forbidden, notFound } from '../../kernel/errors'
import type { Kernel } from '../../kernel/kernel'
import { quoted } from '../../kernel/records/records'
import { activeOr } from '../../records/links/links'
import { createIdeas, type Idea, type IdeaOptions } from './ideas'
import { createIdleLeads, type IdleLead } from './idle-leads'
import { suggestionAnswer } from './table'

export type Suggestions = ReturnType<typeof createSuggestions>
type Procedures = (typeof contract)['suggestions']

/** How much each kind usually helps; answers of the user move it. */
const worth: Record<SuggestionKind, number> = {
  history: 1,
  voicemail: 0.9,
  no_reply: 0.8,
  stale: 0.6,
  no_next_step: 0.5,
}

const toSuggestion = (row: IdleLead, { kind, dueAt, ...idea }: Idea): Suggestion => ({
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

export function createSuggestions(
  kernel: Kernel,
  { tasks, ...options }: IdeaOptions & { tasks: Pick<Tasks, 'insert'> },
) {
  const { database } = kernel
  const { workingHours, labelOf } = options
  const leads = createIdleLeads(database)
  const ideasOf = createIdeas(kernel, options)

  function list(actor: Actor, input: InputOf<Procedures['list']>): Suggestion[] {
    const userId = input.userId ?? actor.userId
    if (userId !== actor.userId && !seesAll(actor))
      throw forbidden('Only a manager may see the suggestions of others.')
    const found = input.leadId
      ? [leads.find(actor, input.leadId)].filter((lead) => lead !== undefined)
      : leads.latest(actor, input.userId ? { userId } : { scope: input.scope })
    const weight = weightsOf(actor.userId)
    return found
      .flatMap((row) => ideasOf(actor, row).map((idea) => ({ row, idea })))
      .map(({ row, idea }) => ({ row, idea, value: worthOf(idea) * weight[idea.kind] }))
      .sort((one, other) => other.value - one.value || one.idea.dueAt - other.idea.dueAt)
      .slice(0, input.limit)
      .map(({ row, idea }) => toSuggestion(row, idea))
  }

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

  /** @throws not_found where it does not hold (any more) */
  function requireSuggestion(actor: Actor, id: string) {
    const [kind, leadId = ''] = id.split('.')
    const row = leads.find(actor, leadId)
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

  return { list, scopes: leads.scopes, accept, dismiss }
}
