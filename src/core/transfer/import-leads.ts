/** Imports leads: recognised by id, external id, else title and company; each in the stage its file names. */
import { lead } from '../kernel/schema'
import { dateIn } from '../kernel/zone'
import type { LeadValues } from './fields'
import {
  createLinkReader,
  customPatch,
  type ImportRow,
  type Key,
  type KindContext,
  type KindImport,
  outerId,
  problemOf,
  tagsPatch,
  token,
} from './import-kind'
import { follow, type StageRow } from './lookups'
import { nameKey, nameSpellings } from './names'
import { createPositions } from './positions'
import type { Columns, RowStore, StoredRow } from './row-store'

type Row = ImportRow<LeadValues>

export function importLeads(context: KindContext): KindImport<LeadValues> {
  const { ground, actor, lookups, mapping } = context
  const { database, workspace } = ground
  const link = createLinkReader(mapping)
  const positions = createPositions(database, context.bytes, context.state.positions)
  const problem = (row: Row, field: string, label: string, value: string, message: string) =>
    row.problems.push(problemOf(mapping, field, label, value, message))

  // Recognising ---------------------------------------------------------------------------------

  const titleToken = ({ values }: Row, unnumbered: boolean) =>
    token(
      unnumbered ? 'unnumbered' : 'title',
      nameKey(values.title ?? ''),
      nameKey(values.company ?? ''),
    )

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

  /** A lead with another external id is another lead, whatever its title. */
  function byTitle({ values }: Row): StoredRow[] {
    if (outerId(values) && !hasUnnumbered()) return []
    const companyLink = values.company ? lookups.companyNamed(values.company) : undefined
    if (companyLink && !('id' in companyLink)) return []
    for (const title of nameSpellings(values.title ?? '')) {
      const rows = database.all<StoredRow>(
        `select * from lead where title = ? collate nocase and company_id is ? ${outerId(values) ? 'and external_id is null' : ''}
         and deleted_at is null order by seq limit 1`,
        title,
        companyLink?.id ?? null,
      )
      if (rows.length > 0) return rows
    }
    return []
  }

  function keys(row: Row): Key[] {
    const { id, title } = row.values
    const externalId = outerId(row.values)
    const found: Key[] = []
    if (id)
      found.push({
        name: 'id',
        token: token('id', id),
        find: () => database.all('select * from lead where id = ?', id),
      })
    if (externalId)
      found.push({
        name: 'externalId',
        token: token('externalId', externalId),
        find: () => database.all('select * from lead where external_id = ?', externalId),
      })
    if (title)
      found.push({
        name: 'title',
        token: titleToken(row, externalId !== undefined),
        find: () => byTitle(row),
      })
    return found
  }

  function tokens(row: Row): string[] {
    const { id, title } = row.values
    const externalId = outerId(row.values)
    return [
      ...(id ? [token('id', id)] : []),
      ...(externalId ? [token('externalId', externalId)] : []),
      ...(title ? [titleToken(row, false)] : []),
      ...(title && !externalId ? [titleToken(row, true)] : []),
    ]
  }

  // Stages --------------------------------------------------------------------------------------

  type Target = { kind: StageRow['kind']; stage(rows: RowStore): StageRow }

  /** The stage a row names, by its stage or its status; undefined where it names none or a wrong one. */
  function targetOf(row: Row, pipelineId: string): Target | undefined {
    const { stage: name, status } = row.values
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
    const { company, contact, contactEmail, owner } = row.values
    const companyLink =
      company !== undefined && !lookups.isNamed('company', current?.company_id, company)
        ? link(row, 'company', 'Company', company, lookups.companyLink(company))
        : undefined
    const ownerLink =
      owner !== undefined && !lookups.isNamed('user', current?.owner_id, owner)
        ? link(row, 'owner', 'Owner', owner, lookups.owner(owner))
        : undefined
    const person = contact ?? contactEmail
    const contactStays =
      contact !== undefined && lookups.isNamed('contact', current?.contact_id, contact)
    return {
      company: companyLink,
      owner: ownerLink,
      /** A contact is looked for at the company, so the company must be there first. */
      contact(companyId: string | undefined) {
        if (person === undefined || contactStays) return undefined
        return link(
          row,
          contact === undefined ? 'contactEmail' : 'contact',
          'Contact',
          person,
          lookups.contactLink(
            { name: contact, email: contactEmail },
            { companyId, companyName: company },
          ),
        )
      },
    }
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
    if (!target && !first)
      problem(row, 'stage', 'Stage', '', 'is missing: the pipeline has no open stage')
    if (row.problems.length > 0) return undefined
    if (!outerId(values)) anyUnnumbered = true

    const stage = target ? target.stage(rows) : first
    if (!stage) return undefined
    const companyId = follow(links.company, rows)
    const contactId = follow(
      contactLink && 'make' in contactLink ? links.contact(companyId) : contactLink,
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
        : mapping.owner && lookups.seesAll
          ? null
          : actor.userId,
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
      externalId: outerId(values),
      position: positions.next(stage.id),
      stageEnteredAt: values.stageEnteredAt ?? closedAt ?? createdAt,
      closedAt,
      createdBy: actor.userId,
      createdAt,
    }
  }

  function patch(row: Row, current: StoredRow, rows: RowStore): Columns | undefined {
    const { values } = row
    if (!lookups.seesAll && current.owner_id !== actor.userId) {
      problem(row, 'title', 'Lead', values.title ?? '', 'belongs to somebody else')
      return undefined
    }
    const pipelineId =
      pipelineOf(row) ?? context.options.pipelineId ?? pipelineOfStage(current.stage_id)
    const target = targetOf(row, pipelineId)
    const links = linksOf(row, current)
    const linked = links.company && 'id' in links.company ? links.company.id : undefined
    const stays = links.company ? undefined : (current.company_id as string | null)
    const contactLink = links.contact(linked ?? stays ?? undefined)
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
      valueMinor: values.value?.minor,
      currency: values.value?.currency ?? values.currency,
      probability: values.probability,
      expectedCloseDate: expectedOf(values, kind),
      lostReason: kind === 'lost' ? values.lostReason : undefined,
      source: values.source,
      priority: values.priority,
      description: values.description,
      tags: tagsPatch(values.tags, current.tags),
      custom: customPatch(values.custom, current.custom),
      externalId: values.externalId,
      closedAt: kind === 'open' ? undefined : values.closedAt,
      stageEnteredAt: values.stageEnteredAt,
      createdAt: values.createdAt,
    }
    if (!moves) return changes
    const closedAt =
      kind === 'open'
        ? null
        : (values.closedAt ?? (current.status === kind ? current.closed_at : rows.now))
    return {
      ...changes,
      stageId: stage.id,
      status: kind,
      closedAt,
      lostReason: kind === 'lost' ? (values.lostReason ?? current.lost_reason) : null,
      stageEnteredAt: values.stageEnteredAt ?? (kind === 'open' ? rows.now : closedAt),
      position: positions.next(stage.id),
    }
  }

  const pipelineOfStage = (stageId: unknown): string =>
    database.value<string>('select pipeline_id from stage where id = ?', String(stageId)) ??
    lookups.defaultPipeline()

  return {
    table: lead,
    noun: 'lead',
    nouns: 'leads',
    keys,
    tokens,
    create,
    patch,
    refresh(othersWrote) {
      positions.refresh()
      if (othersWrote) anyUnnumbered = undefined
    },
  }
}
