/** Imports leads: recognised by id, external id, else title and company; each in the stage its file names. */
import type { Mapping } from '../../../../contract/transfer/import'
import { dateIn } from '../../../kernel/time/zone'
import { lead } from '../../../records/leads/table'
import type { LeadValues } from '../fields/lead-fields'
import { follow, type Link } from '../lookups/link'
import type { StageRow } from '../lookups/stage-rows'
import { ids, keyOfName, outerId, type RecordKey, recognisedBy } from '../recognise/recognise'
import type { Columns, RowStore, StoredRow } from '../runs/row-store'
import type { ImportRow, KindContext, KindImport } from './import-kind'
import { createLeadStages } from './lead-stages'
import { createPositions } from './positions'
import { createRecordColumns } from './record-columns'
import { createRowLinks } from './row-links'
import { createRefusal, problemOf } from './row-problems'

type Row = ImportRow<LeadValues>

export function importLeads(context: KindContext): KindImport<LeadValues> {
  const { kernel, lookups, mapping, ownIds } = context
  const { database, workspace } = kernel
  const recognition = recogniseLeads(context)
  const links = createRowLinks(context)
  const contacts = createLeadContacts(context)
  const stages = createLeadStages(context)
  const columns = createRecordColumns(context, lead, 'lead')
  const positions = createPositions(database, context.bytes, context.state.positions)
  const refuse = createRefusal(mapping)

  function create(row: Row, rows: RowStore): Columns | undefined {
    const { values } = row
    const title = values.title ?? values.externalId
    if (!title) refuse(row, 'title', 'Title', '', 'must not be blank')
    const pipelineId = stages.pipelineOf(row) ?? lookups.defaultPipeline()
    const target = stages.targetOf(row, pipelineId) ?? lookups.stageFor('open', pipelineId)
    const company = links.company(row)
    const owner = links.owner(row)
    const customer = links.customer(row)
    const known = company && 'id' in company ? company.id : undefined
    const contact = contacts.linkOf(row, known)
    if ((target?.kind ?? 'open') === 'open')
      links.refuseLeaver(row, owner, 'owner', 'Owner', values.owner)
    if (!target) refuse(row, 'stage', 'Stage', '', 'is missing: the pipeline has no open stage')
    if (!target || row.problems.length > 0) return undefined
    recognition.noteMade(values)

    const stage = target.stage(rows)
    const companyId = follow(company, rows)
    const contactId = follow(
      contact && 'make' in contact ? contacts.at(row.values, companyId) : contact,
      rows,
    )
    const closed = stage.kind !== 'open'
    const createdAt = values.createdAt ?? rows.now
    const closedAt = closed ? (values.closedAt ?? rows.now) : null
    return {
      title,
      companyId,
      contactId,
      customerId: follow(customer, rows),
      stageId: stage.id,
      status: stage.kind,
      valueMinor: values.value?.minor,
      currency:
        values.value?.currency ??
        values.currency ??
        context.options.currency ??
        workspace.currency(),
      probability: values.probability,
      expectedCloseDate: stages.expectedOf(values, stage.kind),
      lostReason: stage.kind === 'lost' ? values.lostReason : null,
      source: values.source,
      priority: values.priority ?? 'medium',
      description: values.description,
      position: positions.next(stage.id),
      stageEnteredAt: earliest(
        values,
        values.stageEnteredAt ?? closedAt ?? createdAt,
        closedAt,
        rows.now,
      ),
      closedAt,
      ...columns.ofNew(values, owner, rows),
    }
  }

  function patch(row: Row, current: StoredRow, rows: RowStore): Columns | undefined {
    const { values } = row
    const pipelineId =
      stages.pipelineOf(row) ??
      context.options.pipelineId ??
      stages.pipelineOfStage(current.stage_id)
    const target = stages.targetOf(row, pipelineId)
    const company = links.company(row, current)
    const owner = links.owner(row, current)
    const customer = links.customer(row, current)
    const linked = company && 'id' in company ? company.id : undefined
    const stays = company ? undefined : (current.company_id as string | null)
    const contact = contacts.linkOf(row, linked ?? stays ?? undefined, current)
    if ((target?.kind ?? current.status) === 'open')
      links.refuseLeaver(row, owner, 'owner', 'Owner', values.owner)
    if (row.problems.length > 0) return undefined

    const companyId = follow(company, rows)
    const stage = target?.stage(rows)
    const moves = stage !== undefined && stage.id !== current.stage_id
    const kind = stage?.kind ?? (current.status as StageRow['kind'])
    const changes: Columns = {
      title: values.title,
      companyId,
      contactId: follow(contact, rows),
      customerId: follow(customer, rows),
      valueMinor: values.value?.minor,
      currency: currencyOf(mapping, row, current),
      probability: values.probability,
      expectedCloseDate: stages.expectedOf(values, kind),
      lostReason: kind === 'lost' ? values.lostReason : undefined,
      source: values.source,
      priority: values.priority,
      description: values.description,
      ...columns.changed(values, owner, current, rows),
      closedAt: kind === 'open' ? undefined : values.closedAt,
      stageEnteredAt: enteredBy(values, current, kind, rows.now),
      createdAt: values.createdAt,
    }
    if (!moves) return changes
    const closedAt =
      kind === 'open'
        ? null
        : (values.closedAt ??
          (current.status === kind ? (current.closed_at as number | null) : rows.now))
    return {
      ...changes,
      stageId: stage.id,
      status: kind,
      closedAt,
      lostReason: kind === 'lost' ? (values.lostReason ?? current.lost_reason) : null,
      stageEnteredAt: earliest(
        values,
        values.stageEnteredAt ?? closedAt ?? rows.now,
        closedAt,
        rows.now,
      ),
      position: positions.next(stage.id),
    }
  }

  return {
    table: lead,
    noun: 'lead',
    nouns: 'leads',
    // What happened to them is in the file of activities.
    isQuiet: ownIds.isOwnFile,
    keys: recognition.keys,
    tokens: recognition.tokens,
    differs: recognition.differs,
    create,
    patch,
    finish: lookups.completePipelines,
    refresh(othersWrote) {
      positions.refresh()
      if (othersWrote) recognition.forget()
    },
  }
}

function recogniseLeads(context: KindContext) {
  const { kernel, lookups, mapping } = context
  const { database, workspace } = kernel

  let anyUnnumbered: boolean | undefined
  /** Whether any lead lacks an external id, so that a title can recognise it. */
  function hasUnnumbered(): boolean {
    if (anyUnnumbered === undefined) {
      // Two counts along indexes: to look for one that lacks it would read all that have it.
      const all = database.value<number>('select count(*) from lead')
      const numbered = database.value<number>(
        'select count(*) from lead where external_id is not null',
      )
      anyUnnumbered = all !== numbered
    }
    return anyUnnumbered
  }

  const keys: readonly RecordKey<LeadValues>[] = [
    ...ids,
    {
      name: 'title',
      isWeak: true,
      isAtCompany: true,
      of: ({ values }) => keyOfName(values.title),
      where: 'title_folded = ? and deleted_at is null',
      mayBeStored: ({ values }) => outerId(values) === undefined || hasUnnumbered(),
    },
  ]

  /** Two leads of the same title are about different people, or were created on different days. */
  function differs({ values }: Row, stored: StoredRow): string | undefined {
    const { company, contact, contactEmail, createdAt } = values
    if ((contact ?? contactEmail) !== undefined && stored.contact_id) {
      const found = lookups.contactLink(
        { name: contact, email: contactEmail },
        { companyId: (stored.company_id as string | null) ?? undefined, companyName: company },
      )
      if (found && ('make' in found || ('id' in found && found.id !== stored.contact_id)))
        return 'contact'
    }
    const zone = workspace.timezone()
    return createdAt !== undefined &&
      mapping.createdAt &&
      dateIn(createdAt, zone) !== dateIn(Number(stored.created_at), zone)
      ? 'day of creation'
      : undefined
  }

  return {
    ...recognisedBy(context, lead, keys),
    differs,
    /** A lead was made. */
    noteMade(values: LeadValues) {
      if (!outerId(values)) anyUnnumbered = true
    },
    forget() {
      anyUnnumbered = undefined
    },
  }
}

/** The contact of a row: by name, e-mail address or both, looked for at its company, which must be there first. */
function createLeadContacts(context: KindContext) {
  const { lookups } = context
  const { refer } = createRowLinks(context)

  const at = (
    { contact, contactEmail, contactId, company }: LeadValues,
    companyId: string | undefined,
  ): Link =>
    lookups.contactLink(
      {
        name: contact ?? (contactEmail === undefined ? contactId : undefined),
        email: contactEmail,
        id: contactId,
      },
      { companyId, companyName: company },
    )

  return {
    at,
    linkOf: (row: Row, companyId: string | undefined, current?: StoredRow) =>
      refer(row, current, {
        ...{ field: 'contact', label: 'Contact', table: 'contact' },
        otherwise: { field: 'contactEmail', name: row.values.contactEmail },
        byName: () => at(row.values, companyId),
      }),
  }
}

/** When a lead that stays in its stage came there, where the file says so or moves its closing. */
function enteredBy(values: LeadValues, current: StoredRow, kind: StageRow['kind'], now: number) {
  const { stageEnteredAt, closedAt } = values
  const closes = kind === 'open' ? undefined : closedAt
  if (stageEnteredAt === undefined && closes === undefined) return undefined
  return earliest(
    values,
    stageEnteredAt ?? Number(current.stage_entered_at),
    kind === 'open' ? null : (closes ?? (current.closed_at as number | null)),
    now,
  )
}

/** An amount keeps its currency: a row that gives none says nothing of what it is in another. */
function currencyOf(
  mapping: Mapping,
  { values, warnings }: Row,
  current: StoredRow,
): string | undefined {
  if (values.value || current.value_minor === null) return values.value?.currency ?? values.currency
  if (values.currency !== undefined && values.currency !== current.currency)
    warnings.push(
      problemOf(
        mapping,
        'currency',
        'Currency',
        values.currency,
        `stays ${current.currency}, as the row has no value`,
      ),
    )
  return undefined
}

/**
 * A stay begins at the latest when the lead was closed, and never ahead: no stay is negative. What Rapport wrote itself
 * may be of a lead that went from one won stage to another.
 */
const earliest = (
  { id }: LeadValues,
  enteredAt: number,
  closedAt: number | null,
  now: number,
): number => Math.min(enteredAt, (id === undefined ? closedAt : null) ?? now, now)
