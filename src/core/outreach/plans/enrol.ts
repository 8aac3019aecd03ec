/** Who is taken into a cadence, who is refused and why, and on which dates the steps of each are due. */
import type * as z from 'zod'
import type { CadenceSettings } from '../../../contract/outreach/cadences'
import type { Assignment, RefusalReason } from '../../../contract/outreach/enrolment'
import type { Actor } from '../../kernel/actor'
import { seesAll } from '../../kernel/authorisation'
import type { Database } from '../../kernel/database/database'
import { forbidden, invalid } from '../../kernel/errors'
import type { Kernel } from '../../kernel/kernel'
import type { Leads } from '../../records/leads/leads'
import { activeOr, requireReceivers } from '../../records/links/links'
import { type ScheduledStep, scheduleSteps, type Version } from '../cadences/cadences'
import { type Candidate, createCandidates } from './candidates'
import type { PlanLookup } from './lookup'
import { liveStates } from './rows'

export type Enrolment = ReturnType<typeof createEnrolment>
export type AssignmentInput = Omit<z.output<typeof Assignment>, 'startAt'> & { startAt: number }

/** What a plan is to be made of. */
export interface PlanSource {
  name: string
  cadenceId: string | null
  settings: CadenceSettings
  version: Version
}

export interface EnrolmentOptions {
  leads: Pick<Leads, 'idsOf'>
  lookup: PlanLookup
  isOptedOut(email: string): boolean
}

export interface Enrolled {
  candidate: Candidate
  userId: string | null
  contactZone: string
  /** The same array for all who share an owner's and a contact's zone; empty where refused. */
  steps: ScheduledStep[]
  refused: RefusalReason | undefined
}

const messages: Record<RefusalReason, string> = {
  ALREADY_IN_CADENCE: 'is in this cadence already',
  IN_ANOTHER_PLAN: 'has another plan under way, and one of the two wants to be alone',
  OPTED_OUT: 'has opted out of e-mail',
  NO_ADDRESS: 'has no e-mail address for the automated steps',
  NO_CONTACT: 'has no contact for the automated steps to go to',
  NO_OPEN_LEAD: 'has no open lead',
  LEAD_CLOSED: 'is won or lost',
  OWNED_BY_OTHER: 'belongs to somebody else',
  NOT_FOUND: 'does not exist (any more)',
}
export const messageOf = (reason: RefusalReason): string => messages[reason]

const mostEnrolled = 10_000

/**
 * Whoever gets plans can work, and a rep gives none to others.
 * @throws invalid, forbidden
 */
export function requireOwner(database: Database, actor: Actor, userId: string | null | undefined) {
  requireReceivers(database, { userId: [userId] })
  if (userId && userId !== actor.userId && !seesAll(actor))
    throw forbidden('Only a manager may give plans to others.')
}

export function createEnrolment(kernel: Kernel, { leads, lookup, isOptedOut }: EnrolmentOptions) {
  const { database } = kernel
  const candidatesOf = createCandidates(kernel, leads)

  function refusalOf(candidate: Candidate, { cadenceId, settings, version }: PlanSource) {
    if (candidate.refused) return candidate.refused
    const column = candidate.leadId ? 'lead_id' : 'lead_id is null and contact_id'
    const live = database.all<{ cadence_id: string | null; settings: string | null }>(
      `select plan.cadence_id, coalesce(cadence.settings, version.settings) as settings from plan
       left join cadence on cadence.id = plan.cadence_id
       left join cadence_version version on version.id = plan.version_id
       where ${column} = ? and plan.state in ${liveStates}`,
      candidate.leadId ?? candidate.contactId,
    )
    if (cadenceId !== null && live.some((one) => one.cadence_id === cadenceId))
      return 'ALREADY_IN_CADENCE'
    const alone = (stored: string | null) =>
      stored !== null && JSON.parse(stored).exclusive === true
    if (live.length > 0 && (settings.exclusive || live.some((one) => alone(one.settings))))
      return 'IN_ANOTHER_PLAN'
    const mails = version.steps.some(({ type }) => type === 'email')
    if (mails && candidate.email && isOptedOut(candidate.email)) return 'OPTED_OUT'
    if (!version.steps.some(({ automated }) => automated)) return undefined
    if (candidate.contactId === null) return 'NO_CONTACT'
    return candidate.email ? undefined : 'NO_ADDRESS'
  }

  /**
   * Everybody of the selection with the date of each step.
   * @throws forbidden where a rep gives plans to others, invalid where there are too many
   */
  return function enrol(actor: Actor, source: PlanSource, input: AssignmentInput): Enrolled[] {
    requireOwner(database, actor, input.userId)
    const candidates = candidatesOf(actor, input.target)
    if (candidates.length > mostEnrolled)
      throw invalid('target', `must have at most ${mostEnrolled} leads`)
    const known = new Map<string, ScheduledStep[]>()
    return candidates.map((candidate) => {
      const userId =
        input.userId ??
        (seesAll(actor) ? activeOr(database, candidate.ownerId, actor.userId) : actor.userId)
      const { contactId } = candidate
      const circumstances = lookup.circumstancesOf({ contactId, userId }, source.settings)
      const { contactZone } = circumstances
      const refused = refusalOf(candidate, source)
      if (refused) return { candidate, userId, contactZone, steps: [], refused }
      const key = `${userId} ${contactZone}`
      const steps =
        known.get(key) ?? scheduleSteps(input.startAt, source.version.steps, circumstances)
      known.set(key, steps)
      return { candidate, userId, contactZone, steps, refused: undefined }
    })
  }
}
