/** Leads: opened, changed, moved along the pipeline, won, lost and converted. */
import type * as z from 'zod'
import type { contract } from '../../../contract'
import type { InputOf } from '../../../contract/kernel/base'
import { leadFields } from '../../../contract/records/lead-fields'
import type { Lead, LeadUpdate, MoveStage } from '../../../contract/records/leads'
import type { Actor } from '../../kernel/actor'
import type { Clause } from '../../kernel/database/clause'
import type { Writer } from '../../kernel/database/database'
import { fromJson, toInstantOrNull } from '../../kernel/database/rows'
import { conflict, notFound } from '../../kernel/errors'
import { shownOf } from '../../kernel/fields/shown'
import { writtenOf } from '../../kernel/fields/written'
import type { Kernel } from '../../kernel/kernel'
import { givingWork } from '../../kernel/records/giving-work'
import { createRecords, ownedBy, quoted } from '../../kernel/records/records'
import type { Customers } from '../customers/customers'
import { impliedLinks, requireAddresses, requireReceivers } from '../links/links'
import { type CustomerChoice, createConverting } from './converting'
import { facetsOf } from './facets'
import { createMoving } from './moving'
import { createPositions } from './positions'
import { createSignals } from './signals'
import { cameFrom, type LeadRow, leadSource, taggedWith } from './source'
import { createLeadStages } from './stages'
import { lead } from './table'

export { leadAmount } from './columns'
export { nextStepDay } from './next-step-day'
export { cameFrom, leadSource, taggedWith } from './source'

export type Leads = ReturnType<typeof createLeads>
type LeadPatch = z.output<typeof LeadUpdate> & { moveOpenWork?: boolean | undefined }
type ListInput = InputOf<(typeof contract)['leads']['list']>

const shownFields = shownOf(leadFields, lead)
const writtenFields = writtenOf(leadFields)

export function createLeads(kernel: Kernel, { customers }: { customers: Customers }) {
  const { database, workspace, customFields } = kernel
  const signals = createSignals(kernel)
  const stages = createLeadStages(database)
  const positions = createPositions(database)
  const moving = createMoving(database, positions)
  const makeCustomer = createConverting(database, { customers, moving, stages })

  const toShape = (row: LeadRow): Lead => ({
    id: row.id,
    ...shownFields(row),
    custom: fromJson(row.custom),
    stage: {
      id: row.stage_id,
      name: row.stage_name,
      color: row.stage_color,
      kind: row.stage_kind,
      pipelineId: row.pipeline_id,
    },
    effectiveProbability: row.probability ?? row.stage_probability,
    nextStepDay: row.next_step_day,
    ...signals()(row),
    lastScoredAt: toInstantOrNull(row.last_scored_at),
    deletedAt: toInstantOrNull(row.deleted_at),
  })

  const records = createRecords<LeadRow, Lead>(kernel, {
    noun: 'lead',
    nouns: 'leads',
    table: lead,
    source: leadSource,
    nameOf: (row) => row.title,
    toShape,
    scope: ownedBy('lead'),
  })
  function list(actor: Actor, input: ListInput) {
    const extra: Clause[] = []
    const among = (column: string, values: readonly string[] | undefined) => {
      if (values)
        extra.push({
          sql: `${column} in (${values.map(() => '?').join(', ')})`,
          parameters: [...values],
        })
    }
    among('lead.owner_id', input.ownerId)
    among('lead.stage_id', input.stageId)
    among('lead.status', input.status)
    if (input.source) extra.push(cameFrom(input.source))
    among('lead.company_id', input.companyId ? [input.companyId] : undefined)
    among('lead.contact_id', input.contactId ? [input.contactId] : undefined)
    among('lead.customer_id', input.customerId ? [input.customerId] : undefined)
    for (const tag of input.tag ?? []) extra.push(taggedWith([tag]))
    return records.list(actor, input, extra)
  }

  function requireLive(actor: Actor, id: string): LeadRow {
    const row = records.requireRow(actor, id)
    if (row.deleted_at !== null) throw conflict('This lead is in the trash. Restore it first.')
    return row
  }

  const checkLinks = (actor: Actor, input: LeadPatch, row?: LeadRow) => {
    requireReceivers(database, { ownerId: [input.ownerId, row?.owner_id] })
    requireAddresses(kernel, actor, {
      companyId: ['company', input.companyId],
      contactId: ['contact', input.contactId],
    })
  }

  /** Opens a lead in a stage, by default the first of the default pipeline. Answers its id. */
  function insertLead(writer: Writer, input: LeadPatch & { title: string }): string {
    const { stageId, lostReason, ...fields } = input
    const stage = stageId ? stages.requireStage(stageId) : stages.firstStage('open')
    return writer.insert(lead, {
      currency: workspace.currency(),
      ownerId: writer.actor.userId,
      ...writtenFields(fields),
      custom: customFields.merged('lead', '{}', input.custom ?? {}),
      companyId: impliedLinks(database, input).companyId,
      ...moving.columnsIn(newLead, stage, writer.now, { lostReason }),
      createdBy: writer.actor.userId,
    })
  }

  function create(actor: Actor, input: LeadPatch & { title: string }): Lead {
    checkLinks(actor, input)
    const id = database.act(actor, { label: `Create lead ${quoted(input.title)}` }, (writer) =>
      insertLead(writer, input),
    )
    return records.written(id)
  }

  /** Answers whether anything changed. A lost reason is only of a lead that is lost. */
  function changeLead(writer: Writer, row: LeadRow, patch: LeadPatch): boolean {
    const { stageId, lostReason, ...fields } = customFields.mergedInto('lead', row.custom, patch)
    const stage = stageId && stageId !== row.stage_id ? stages.requireStage(stageId) : undefined
    const columns = {
      ...writtenFields(fields),
      ...(stage
        ? moving.columnsIn(row, stage, writer.now, { lostReason })
        : lostReason !== undefined && row.status === 'lost'
          ? { lostReason }
          : {}),
    }
    return givingWork(writer, patch.moveOpenWork, () => writer.update(lead, row.id, columns))
  }

  function update(actor: Actor, { id, ...patch }: LeadPatch & { id: string }): Lead {
    const row = requireLive(actor, id)
    checkLinks(actor, patch, row)
    database.act(actor, { label: `Change lead ${quoted(row.title)}` }, (writer) => {
      changeLead(writer, row, patch)
    })
    return records.written(id)
  }

  function bulk(actor: Actor, input: Parameters<typeof records.bulk<LeadPatch>>[1]) {
    const { action } = input
    if (action.type === 'update') checkLinks(actor, action.patch)
    // Each lead comes on top of the stage, where the one before it is.
    const moves = action.type === 'update' && action.patch.stageId !== undefined
    return records.bulk<LeadPatch>(actor, input, changeLead, moves)
  }

  function moveStage(actor: Actor, input: z.output<typeof MoveStage>): Lead {
    const row = requireLive(actor, input.id)
    const target = stages.requireStage(input.stageId)
    const position = positions.placeFor(row, target.id, input)
    const label =
      row.stage_id === target.id
        ? `Reorder ${quoted(row.title)}`
        : `Move ${quoted(row.title)} to ${target.name}`
    database.act(actor, { label }, (writer) =>
      moving.moveLead(writer, row, target, { position, lostReason: input.lostReason }),
    )
    return records.get(actor, row.id)
  }

  function convert(actor: Actor, input: CustomerChoice & { id: string }) {
    const row = requireLive(actor, input.id)
    if (row.customer_id)
      throw conflict(`${row.title} is already the customer ${row.customer_name}.`)
    if (input.customerId && customers.requireRow(actor, input.customerId).deleted_at !== null)
      throw notFound('customer')
    return database.act(actor, { label: `Convert ${quoted(row.title)} to a customer` }, (writer) =>
      customers.written(makeCustomer(writer, row, input)),
    )
  }

  /** Wins a lead within another area's action, makes it a customer, and sets what it was won with. */
  const win = (
    writer: Writer,
    id: string,
    wonWith: { valueMinor: number; currency: string },
  ): string => makeCustomer(writer, requireLive(writer.actor, id), {}, wonWith)

  return {
    ...records,
    list,
    create,
    update,
    bulk,
    moveStage,
    moveAll: moving.moveAll,
    takeStatusOfStage: moving.takeStatusOfStage,
    convert,
    win,
    facets: (actor: Actor) => facetsOf(database, records.scoped(actor)[0]),
    signals,
  }
}

/** Of which nothing follows yet. */
const newLead = { status: 'open', closed_at: null, lost_reason: null } as const
