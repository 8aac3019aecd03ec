/** Who a selection names: its leads and contacts, and the open leads of its companies. */
import type { AssignmentTarget, RefusalReason } from '../../../contract/outreach/enrolment'
import type { Actor } from '../../kernel/actor'
import { seesAll } from '../../kernel/authorisation'
import { toReference } from '../../kernel/database/rows'
import type { Kernel } from '../../kernel/kernel'
import type { Leads } from '../../records/leads/leads'
import { addressScope } from '../../records/links/links'

/** One lead or contact of a selection. */
export interface Candidate {
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

/** The records it is about, as the doors show them. */
export const referencesOf = (candidate: Candidate) => ({
  lead: toReference(candidate.leadId, candidate.leadTitle),
  contact: toReference(candidate.contactId, candidate.contactName),
  company: toReference(candidate.companyId, candidate.companyName),
})

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

const leadSql = `select lead.id as lead_id, lead.title, lead.status, lead.owner_id, contact.id as contact_id,
    contact.name as contact_name, contact.email, company.id as company_id, company.name as company_name
  from lead left join contact on contact.id = lead.contact_id and contact.deleted_at is null
  left join company on company.id = lead.company_id`

/** Answers a function that finds the candidates of a selection, each once. */
export function createCandidates({ database, workspace }: Kernel, leads: Pick<Leads, 'idsOf'>) {
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

  /** The open leads of a company, as far as the caller sees them. */
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

  return function candidatesOf(actor: Actor, target: AssignmentTarget): Candidate[] {
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
}
