/** What could be done next with an idle lead, by what worked before and by simple rules, each with its reason. */

import type { SuggestionEvidence } from '../../../contract/outreach/suggestions'
import type { SuggestionKind } from '../../../contract/outreach/words'
import type { WorkingHours } from '../../agenda/working-hours/working-hours'
import type { Actor } from '../../kernel/actor'
import type { Kernel } from '../../kernel/kernel'
import { fitStep } from '../cadences/cadences'
import { createHistory } from './history'
import type { IdleLead } from './idle-leads'

interface LastStep {
  type: string
  outcome: string | null
  direction: string | null
  at: number
}
export interface Idea {
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
export interface IdeaOptions {
  workingHours: WorkingHours
  labelOf(list: 'activity_type' | 'outcome', name: string): string
}

export function createIdeas(kernel: Kernel, { workingHours, labelOf }: IdeaOptions) {
  const { database, clock } = kernel
  const history = createHistory(kernel)

  function ideasOf(actor: Actor, row: IdleLead): Idea[] {
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
  function byRule(row: IdleLead, last: LastStep | undefined, userId: string): Idea[] {
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
    row: IdleLead,
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

  const situationOf = (row: IdleLead, last: LastStep | undefined) => ({
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

  return ideasOf
}
