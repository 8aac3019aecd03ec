/** Who is taken in: the leads and contacts of a selection, who of them is refused and why, and on which dates. */
import type * as z from 'zod'
import type { CadenceSettings, CadenceStep } from '../../../contract/outreach/cadences'
import type {
  Assignment,
  AssignmentTarget,
  RefusalReason,
  SimulatedPlan,
  SimulatedStep,
  Simulation,
} from '../../../contract/outreach/enrolment'
import { localOf, type WorkingHours, weekdayOf } from '../../agenda/working-hours/working-hours'
import type { Actor } from '../../kernel/actor'
import { seesAll } from '../../kernel/authorisation'
import { toInstant, toReference } from '../../kernel/database/rows'
import { forbidden, invalid } from '../../kernel/errors'
import type { Kernel } from '../../kernel/kernel'
import type { Leads } from '../../records/leads/leads'
import { activeOr, addressScope, requireReceivers } from '../../records/links/links'
import { type ScheduledStep, scheduleSteps, type Version } from '../cadences/cadences'
import type { Progress } from './progress'
import { liveStates } from './rows'

export type Enrolment = ReturnType<typeof createEnrolment>
type AssignmentInput = Omit<z.output<typeof Assignment>, 'startAt'> & { startAt: number }

/** What a plan is to be made of. */
export interface PlanSource {
  name: string
  cadenceId: string | null
  settings: CadenceSettings
  version: Version
}

export interface EnrolmentOptions {
  leads: Pick<Leads, 'idsOf'>
  progress: Progress
  workingHours: WorkingHours
  isOptedOut(email: string): boolean
}

/** One lead or contact of a selection. */
interface Candidate {
  leadId: string | null
  leadTitle: string | null
  contactId: string | null
  contactName: string | null
  email: string | null
  companyId: string | null
  companyName: string | null
  ownerId: string | null
  refused: RefusalReason | undefined
}

export interface Enrolled {
  candidate: Candidate
  userId: string | null
  steps: ScheduledStep[]
  refused: RefusalReason | undefined
}

interface CandidateRow {
  lead_id: string | null
  title: string | null
  status: string | null
  owner_id: string | null
  contact_id: string | null
  contact_name: string | null
  email: string | null
  company_id: string | null
  company_name: string | null
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

/** What a preview shows at most. */
const mostSimulated = 1000
const mostEnrolled = 10_000

const leadSql = `select lead.id as lead_id, lead.title, lead.status, lead.owner_id, contact.id as contact_id,
    contact.name as contact_name, contact.email, company.id as company_id, company.name as company_name
  from lead left join contact on contact.id = lead.contact_id and contact.deleted_at is null
  left join company on company.id = lead.company_id`

export function createEnrolment(kernel: Kernel, options: EnrolmentOptions) {
  const { database, workspace } = kernel
  const { leads, progress, workingHours } = options

  const nobody = (part: Partial<Candidate>): Candidate => ({
    leadId: null,
    leadTitle: null,
    contactId: null,
    contactName: null,
    email: null,
    companyId: null,
    companyName: null,
    ownerId: null,
    refused: undefined,
    ...part,
  })
  const fromRow = (row: CandidateRow): Candidate => ({
    leadId: row.lead_id,
    leadTitle: row.title,
    contactId: row.contact_id,
    contactName: row.contact_name,
    email: row.email,
    companyId: row.company_id,
    companyName: row.company_name,
    ownerId: row.owner_id,
    refused: row.status !== null && row.status !== 'open' ? 'LEAD_CLOSED' : undefined,
  })

  function leadOf(actor: Actor, id: string): Candidate {
    const row = database.get<CandidateRow>(
      `${leadSql} where lead.id = ? and lead.deleted_at is null`,
      id,
    )
    return row && (seesAll(actor) || row.owner_id === actor.userId)
      ? fromRow(row)
      : nobody({ leadId: id, refused: 'NOT_FOUND' })
  }

  function contactOf(actor: Actor, id: string): Candidate {
    const seen = addressScope(workspace, 'contact')(actor)
    const row = database.get<CandidateRow>(
      `select null as lead_id, null as title, null as status, contact.owner_id, contact.id as contact_id,
         contact.name as contact_name, contact.email, company.id as company_id, company.name as company_name
       from contact left join company on company.id = contact.company_id
       where contact.id = ? and contact.deleted_at is null ${seen ? `and ${seen.sql}` : ''}`,
      id,
      ...(seen?.parameters ?? []),
    )
    if (!row) return nobody({ contactId: id, refused: 'NOT_FOUND' })
    const isForeign = !seesAll(actor) && row.owner_id !== null && row.owner_id !== actor.userId
    return { ...fromRow(row), refused: isForeign ? 'OWNED_BY_OTHER' : undefined }
  }

  /** A company stands for its open leads, as far as the caller sees them. */
  function leadsOfCompany(actor: Actor, id: string): Candidate[] {
    const seen = addressScope(workspace, 'company')(actor)
    const name = database.value<string>(
      `select name from company where id = ? and deleted_at is null ${seen ? `and ${seen.sql}` : ''}`,
      id,
      ...(seen?.parameters ?? []),
    )
    if (name === undefined) return [nobody({ companyId: id, refused: 'NOT_FOUND' })]
    const found = database
      .all<CandidateRow>(
        `${leadSql} where lead.company_id = ? and lead.status = 'open' and lead.deleted_at is null order by lead.seq`,
        id,
      )
      .filter((row) => seesAll(actor) || row.owner_id === actor.userId)
    return found.length > 0
      ? found.map(fromRow)
      : [nobody({ companyId: id, companyName: name, refused: 'NO_OPEN_LEAD' })]
  }

  function candidatesOf(actor: Actor, target: AssignmentTarget): Candidate[] {
    const leadIds = new Set(target.leadIds)
    if (target.where) for (const id of leads.idsOf(actor, { where: target.where })) leadIds.add(id)
    const known = new Set<string>()
    const candidates = [
      ...[...leadIds].map((id) => leadOf(actor, id)),
      ...[...new Set(target.companyIds)].flatMap((id) => leadsOfCompany(actor, id)),
      ...[...new Set(target.contactIds)].map((id) => contactOf(actor, id)),
    ]
    return candidates.filter(({ leadId, contactId, companyId }) => {
      const key = leadId ?? `${contactId}/${companyId}`
      if (known.has(key)) return false
      known.add(key)
      return true
    })
  }

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
    if (mails && candidate.email && options.isOptedOut(candidate.email)) return 'OPTED_OUT'
    if (!version.steps.some(({ automated }) => automated)) return undefined
    if (candidate.contactId === null) return 'NO_CONTACT'
    return candidate.email ? undefined : 'NO_ADDRESS'
  }

  /**
   * Everybody of the selection with the date of each step.
   * @throws forbidden where a rep gives plans to others, invalid where there are too many
   */
  function enrol(actor: Actor, source: PlanSource, input: AssignmentInput): Enrolled[] {
    requireReceivers(database, { userId: [input.userId] })
    if (input.userId && input.userId !== actor.userId && !seesAll(actor))
      throw forbidden('Only a manager may give plans to others.')
    const candidates = candidatesOf(actor, input.target)
    if (candidates.length > mostEnrolled)
      throw invalid('target', `must have at most ${mostEnrolled} leads`)
    const known = new Map<string, ScheduledStep[]>()
    return candidates.map((candidate) => {
      const userId =
        input.userId ??
        (seesAll(actor) ? activeOr(database, candidate.ownerId, actor.userId) : actor.userId)
      const refused = refusalOf(candidate, source)
      if (refused) return { candidate, userId, steps: [], refused }
      const { contactId } = candidate
      const circumstances = progress.circumstancesOf({ contactId, userId }, source.settings)
      const key = `${userId} ${circumstances.contactZone}`
      const steps =
        known.get(key) ?? scheduleSteps(input.startAt, source.version.steps, circumstances)
      known.set(key, steps)
      return { candidate, userId, steps, refused: undefined }
    })
  }

  /** @throws invalid where there are more than a preview shows */
  function simulate(actor: Actor, source: PlanSource, input: AssignmentInput): Simulation {
    const enrolled = enrol(actor, source, input)
    if (enrolled.length > mostSimulated)
      throw invalid('target', `must have at most ${mostSimulated} leads for a preview`)
    const nameOfUser = database.prepare('select name from user where id = ?').pluck()
    const shown = new Map<string, SimulatedStep[]>()
    const plans: SimulatedPlan[] = enrolled.map(({ candidate, userId, steps, refused }) => {
      const zone = workingHours.timeOf(userId).zone
      const { contactId } = candidate
      const { contactZone } = progress.circumstancesOf({ contactId, userId }, source.settings)
      const key = `${userId} ${contactZone}`
      const known = shown.get(key)
      const list =
        refused || known
          ? (known ?? [])
          : steps.map((step, position) =>
              toStep(source.version.steps[position] as CadenceStep, {
                position,
                step,
                zone,
                contactZone,
              }),
            )
      if (!refused) shown.set(key, list)
      return {
        lead: toReference(candidate.leadId, candidate.leadTitle),
        contact: toReference(candidate.contactId, candidate.contactName),
        company: toReference(candidate.companyId, candidate.companyName),
        user: toReference(userId, String(nameOfUser.get(userId) ?? '')),
        zone,
        contactZone,
        steps: refused ? [] : list,
        refused: refused ? { reason: refused, message: messages[refused] } : null,
      }
    })
    const refused = plans.filter((plan) => plan.refused !== null).length
    return {
      startAt: toInstant(input.startAt),
      plans,
      accepted: plans.length - refused,
      refused,
    }
  }

  return { enrol, simulate }
}

export function toStep(
  { id, type, automated }: CadenceStep,
  {
    position,
    step,
    zone,
    contactZone,
  }: { position: number; step: ScheduledStep; zone: string; contactZone: string },
): SimulatedStep {
  const { date, time } = localOf(step.at, zone)
  const contact = localOf(step.at, contactZone)
  return {
    stepId: id,
    position,
    type,
    automated,
    at: toInstant(step.at),
    date,
    weekday: weekdayOf(date),
    time,
    contactTime: `${contact.date}T${contact.time}`,
    moved: step.moved,
  }
}
