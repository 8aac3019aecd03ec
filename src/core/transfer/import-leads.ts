/** Imports leads: recognised by id, external id, else title and company; each in the stage its file names. */
import { lead } from '../kernel/schema'
import { dateIn } from '../kernel/zone'
import type { LeadValues } from './fields/lead-fields'
import {
  createReferenceReader,
  customPatch,
  type ImportRow,
  type KindContext,
  type KindImport,
  namesOwners,
  problemOf,
  tagsPatch,
} from './import-kind'
import { follow, type Link } from './lookups/link'
import type { StageRow } from './lookups/stages'
import { createPositions } from './positions'
import { ids, keyOfName, outerId, type RecordKey, recognisedBy } from './recognise'
import type { Columns, RowStore, StoredRow } from './row-store'

type Row = ImportRow<LeadValues>

export function importLeads(context: KindContext): KindImport<LeadValues> {
  const { ground, actor, lookups, mapping, ownIds } = context
  const { database, workspace } = ground
  const refer = createReferenceReader(context)
  const positions = createPositions(database, context.bytes, context.state.positions)
  const problem = (row: Row, field: string, label: string, value: string, message: string) =>
    row.problems.push(problemOf(mapping, field, label, value, message))

  // Recognising ---------------------------------------------------------------------------------

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

  // Stages --------------------------------------------------------------------------------------

  /** What its status says, else the yes and no of its columns. */
  function statusOf({ status, won, lost, closed }: LeadValues): StageRow['kind'] | undefined {
    if (status !== undefined) return status as StageRow['kind']
    if (won) return 'won'
    if (lost || (closed && won === false)) return 'lost'
    return closed === false || (won === false && lost === false) ? 'open' : undefined
  }

  type Target = { kind: StageRow['kind']; stage(rows: RowStore): StageRow }

  /** The stage a row names, by its stage or its status; undefined where it names none or a wrong one. */
  function targetOf(row: Row, pipelineId: string): Target | undefined {
    const { stage: name } = row.values
    const status = statusOf(row.values)
    const closed = status === 'won' || status === 'lost' ? status : undefined
    if (name !== undefined) {
      const found = lookups.stageNamed(name, pipelineId)
      if ('refused' in found) {
        problem(row, 'stage', 'Stage', name, `“${name}” ${found.refused}`)
        return undefined
      }
      const kind = 'stage' in found ? found.stage.kind : found.kind
      if (!closed || kind === closed)
        return { kind, stage: (rows) => ('stage' in found ? found.stage : found.make(rows)) }
    }
    if (!status) return undefined
    const stage = lookups.stageOfKind(closed ?? 'open', pipelineId)
    if (stage) return { kind: stage.kind, stage: () => stage }
    problem(row, 'status', 'Status', status, `has no stage: the pipeline has no ${status} stage`)
    return undefined
  }

  function pipelineOf(row: Row): string | undefined {
    const name = row.values.pipeline
    if (name === undefined) return undefined
    const found = lookups.pipelineNamed(name)
    if ('id' in found) return found.id
    problem(row, 'pipeline', 'Pipeline', name, `“${name}” ${found.refused}`)
    return undefined
  }

  /** When an open lead was closed can only mean when it is expected to be. */
  const expectedOf = ({ expectedCloseDate, closedAt }: LeadValues, kind: StageRow['kind']) =>
    expectedCloseDate ??
    (kind === 'open' && closedAt !== undefined ? dateIn(closedAt, workspace.timezone()) : undefined)

  // Links ---------------------------------------------------------------------------------------

  function linksOf(row: Row, current?: StoredRow) {
    const { company, companyId, contact, contactId, contactEmail } = row.values
    const { owner, ownerId, customer, customerId } = row.values
    const contactAt = (companyId: string | undefined) =>
      lookups.contactLink(
        {
          name: contact ?? (contactEmail === undefined ? contactId : undefined),
          email: contactEmail,
          id: contactId,
        },
        { companyId, companyName: company },
      )
    return {
      company: refer(row, {
        ...{ field: 'company', label: 'Company', table: 'company' },
        ...{ id: companyId, name: company, current: current?.company_id },
        byName: (name) => lookups.companyLink(name, companyId),
      }),
      owner: refer(row, {
        ...{ field: 'owner', label: 'Owner', table: 'user' },
        ...{ id: ownerId, name: owner, current: current?.owner_id },
        byName: lookups.owner,
      }),
      customer: refer(row, {
        ...{ field: 'customer', label: 'Customer', table: 'customer' },
        ...{ id: customerId, name: customer, current: current?.customer_id },
        byName: (name) =>
          lookups.customerReference(name) ?? { left: 'names no customer: it is left blank' },
      }),
      /** A contact is looked for at the company, so the company must be there first. */
      contact(companyId: string | undefined) {
        const isEmailOnly = contact === undefined && contactEmail !== undefined
        return refer(row, {
          ...{
            field: isEmailOnly ? 'contactEmail' : 'contact',
            label: 'Contact',
            table: 'contact',
          },
          ...{ id: contactId, name: contact ?? contactEmail, current: current?.contact_id },
          byName: () => contactAt(companyId),
        })
      },
      contactAt,
    }
  }

  /** A closed lead may be of anybody; a row with our own id comes back as it was. */
  function refuseLeaver(row: Row, owner: Link) {
    if (row.values.id === undefined && lookups.hasLeft(owner))
      problem(
        row,
        'owner',
        'Owner',
        row.values.owner ?? '',
        'was deactivated: choose a user for this name',
      )
  }

  // Making and changing -------------------------------------------------------------------------

  function create(row: Row, rows: RowStore): Columns | undefined {
    const { values } = row
    const title = values.title ?? values.externalId
    if (!title) problem(row, 'title', 'Title', '', 'must not be blank')
    const pipelineId = pipelineOf(row) ?? lookups.defaultPipeline()
    const target = targetOf(row, pipelineId)
    const links = linksOf(row)
    const known = links.company && 'id' in links.company ? links.company.id : undefined
    const contactLink = links.contact(known)
    const first = lookups.stageOfKind('open', pipelineId)
    if ((target?.kind ?? 'open') === 'open') refuseLeaver(row, links.owner)
    if (!target && !first)
      problem(row, 'stage', 'Stage', '', 'is missing: the pipeline has no open stage')
    if (row.problems.length > 0) return undefined
    if (!outerId(values)) anyUnnumbered = true

    const stage = target ? target.stage(rows) : first
    if (!stage) return undefined
    const companyId = follow(links.company, rows)
    const contactId = follow(
      contactLink && 'make' in contactLink ? links.contactAt(companyId) : contactLink,
      rows,
    )
    lookups.ensureFields(rows, 'lead', values.custom ?? {}, context.newFields)
    const closed = stage.kind !== 'open'
    const createdAt = values.createdAt ?? rows.now
    const closedAt = closed ? (values.closedAt ?? rows.now) : null
    return {
      title,
      companyId,
      contactId,
      ownerId: links.owner
        ? follow(links.owner, rows)
        : namesOwners(mapping) && lookups.seesAll
          ? null
          : actor.userId,
      customerId: follow(links.customer, rows),
      stageId: stage.id,
      status: stage.kind,
      valueMinor: values.value?.minor,
      currency:
        values.value?.currency ??
        values.currency ??
        context.options.currency ??
        workspace.currency(),
      probability: values.probability,
      expectedCloseDate: expectedOf(values, stage.kind),
      lostReason: stage.kind === 'lost' ? values.lostReason : null,
      source: values.source,
      priority: values.priority ?? 'medium',
      description: values.description,
      tags: values.tags ?? [],
      custom: values.custom ?? {},
      ...ownIds.identityOf(lead, values),
      position: positions.next(stage.id),
      stageEnteredAt: earliest(values.stageEnteredAt ?? closedAt ?? createdAt, closedAt, rows.now),
      closedAt,
      createdBy: actor.userId,
      createdAt,
    }
  }

  function patch(row: Row, current: StoredRow, rows: RowStore): Columns | undefined {
    const { values } = row
    const pipelineId =
      pipelineOf(row) ?? context.options.pipelineId ?? pipelineOfStage(current.stage_id)
    const target = targetOf(row, pipelineId)
    const links = linksOf(row, current)
    const linked = links.company && 'id' in links.company ? links.company.id : undefined
    const stays = links.company ? undefined : (current.company_id as string | null)
    const contactLink = links.contact(linked ?? stays ?? undefined)
    if ((target?.kind ?? current.status) === 'open') refuseLeaver(row, links.owner)
    if (row.problems.length > 0) return undefined

    const companyId = follow(links.company, rows)
    lookups.ensureFields(rows, 'lead', values.custom ?? {}, context.newFields)
    const stage = target?.stage(rows)
    const moves = stage !== undefined && stage.id !== current.stage_id
    const kind = stage?.kind ?? (current.status as StageRow['kind'])
    const changes: Columns = {
      title: values.title,
      companyId,
      contactId: follow(contactLink, rows),
      ownerId: follow(links.owner, rows),
      customerId: follow(links.customer, rows),
      valueMinor: values.value?.minor,
      currency: currencyOf(row, current),
      probability: values.probability,
      expectedCloseDate: expectedOf(values, kind),
      lostReason: kind === 'lost' ? values.lostReason : undefined,
      source: values.source,
      priority: values.priority,
      description: values.description,
      tags: tagsPatch(values.tags, current.tags),
      custom: customPatch(values.custom, current.custom),
      externalId: ownIds.externalIdOf(values, current),
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
      stageEnteredAt: earliest(values.stageEnteredAt ?? closedAt ?? rows.now, closedAt, rows.now),
      position: positions.next(stage.id),
    }
  }

  /** When a lead that stays in its stage came there, where the file says so or moves its closing. */
  function enteredBy(values: LeadValues, current: StoredRow, kind: StageRow['kind'], now: number) {
    const { stageEnteredAt, closedAt } = values
    const closes = kind === 'open' ? undefined : closedAt
    if (stageEnteredAt === undefined && closes === undefined) return undefined
    return earliest(
      stageEnteredAt ?? Number(current.stage_entered_at),
      kind === 'open' ? null : (closes ?? (current.closed_at as number | null)),
      now,
    )
  }

  /** An amount keeps its currency: a row that gives none says nothing of what it is in another. */
  function currencyOf({ values, warnings }: Row, current: StoredRow): string | undefined {
    if (values.value || current.value_minor === null)
      return values.value?.currency ?? values.currency
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

  const pipelineOfStage = (stageId: unknown): string =>
    database.value<string>('select pipeline_id from stage where id = ?', String(stageId)) ??
    lookups.defaultPipeline()

  return {
    table: lead,
    noun: 'lead',
    nouns: 'leads',
    // What happened to them stands in the file of activities.
    isQuiet: ownIds.isOwnFile,
    ...recognisedBy(context, lead, keys),
    differs,
    create,
    patch,
    refresh(othersWrote) {
      positions.refresh()
      if (othersWrote) anyUnnumbered = undefined
    },
  }
}

/** A stay begins at the latest when the lead was closed, and never ahead: no stay is negative. */
const earliest = (enteredAt: number, closedAt: number | null, now: number): number =>
  Math.min(enteredAt, closedAt ?? now, now)
