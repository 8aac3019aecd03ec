/** Leads: opened, changed, moved along the pipeline, won, lost and converted. */
import { generateKeyBetween, generateNKeysBetween } from 'fractional-indexing'
import type * as z from 'zod'
import type { contract } from '../../../contract'
import type { InputOf } from '../../../contract/kernel/base'
import { minorFromAmount } from '../../../contract/kernel/money'
import { spellingKey } from '../../../contract/kernel/spelling'
import type { LeadStatus, StepSignal } from '../../../contract/kernel/words'
import { leadFields } from '../../../contract/records/lead-fields'
import type { Lead, LeadUpdate, MoveStage } from '../../../contract/records/leads'
import type { Actor } from '../../kernel/actor'
import type { Clause } from '../../kernel/database/clause'
import type { Writer } from '../../kernel/database/database'
import { fromJson, type RowOf, toInstantOrNull } from '../../kernel/database/rows'
import { conflict, invalid, notFound } from '../../kernel/errors'
import type { ListSource } from '../../kernel/fields/list'
import { shownOf } from '../../kernel/fields/shown'
import type { Kernel } from '../../kernel/kernel'
import { givingWork } from '../../kernel/records/giving-work'
import { createRecords, ownedBy, quoted } from '../../kernel/records/records'
import { quietSince } from '../../kernel/time/past'
import { dateIn, endOfDay } from '../../kernel/time/zone'
import type { Customers } from '../customers/customers'
import { activeOr, impliedLinks, requireAddresses, requireReceivers } from '../links/links'
import { leadColumns } from './columns'
import { nextStepDay } from './next-step-day'
import { lead } from './table'

export { nextStepDay } from './next-step-day'

export type Leads = ReturnType<typeof createLeads>
export type LeadPatch = z.output<typeof LeadUpdate> & { moveOpenWork?: boolean | undefined }
type ListInput = InputOf<(typeof contract)['leads']['list']>

export type LeadRow = RowOf<typeof lead> & {
  /** The day that its next step takes whole. */
  next_step_day: string | null
  company_name: string | null
  contact_name: string | null
  owner_name: string | null
  customer_name: string | null
  stage_name: string
  stage_color: string
  stage_kind: LeadStatus
  stage_probability: number
  pipeline_id: string
  rotting_days: number | null
}

export { leadAmount } from './columns'

const shownFields = shownOf(leadFields, lead)
const dayInMilliseconds = 86_400_000

export const leadSource: ListSource = {
  table: 'lead',
  select: `lead.*, ${nextStepDay} as next_step_day, company.name as company_name, contact.name as contact_name, owner.name as owner_name,
    customer.name as customer_name, stage.name as stage_name, stage.color as stage_color, stage.kind as stage_kind,
    stage.probability as stage_probability, stage.pipeline_id, stage.rotting_days`,
  joins: `left join stage on stage.id = lead.stage_id
    left join company on company.id = lead.company_id
    left join contact on contact.id = lead.contact_id
    left join user owner on owner.id = lead.owner_id
    left join customer on customer.id = lead.customer_id`,
  fields: { ...leadColumns.fields, companyName: 'company.name', contactName: 'contact.name' },
  custom: 'lead.custom',
  defaultSort: '-updatedAt',
  sorts: leadColumns.sorts,
}

interface StageRow {
  id: string
  name: string
  kind: LeadStatus
  pipeline_id: string
}

/** Leads from any of these sources, however those are spelled. */
export const cameFrom = (sources: readonly string[]): Clause => ({
  sql: `lead.source in (select text from spelling where list = 'source' and key in (${sources.map(() => '?').join(', ')}))`,
  parameters: sources.map(spellingKey),
})

/**
 * Leads with any of these tags. Leads share few sets of tags: each set is looked into once, and
 * the leads that have it are found on the index.
 */
export const taggedWith = (tags: string[]): Clause => ({
  sql: `lead.tags <> '[]' and lead.tags in (select used.tags from (
      select distinct lead.tags from lead where lead.deleted_at is null and lead.tags <> '[]') used
    where exists (select 1 from json_each(used.tags) where spelling_key(value) in (${tags.map(() => '?').join(', ')})))`,
  parameters: tags.map(spellingKey),
})

export function createLeads(kernel: Kernel, { customers }: { customers: Customers }) {
  const { database, clock, workspace, customFields } = kernel

  let today = { zone: '', from: 0, date: '', until: 0 }

  /** The present day where the workspace is, and when it ends; computed once a minute because zone maths is slow. */
  function presentDay(now: number): { date: string; until: number } {
    const zone = workspace.timezone()
    const from = Math.floor(now / 60_000)
    if (today.zone !== zone || today.from !== from) {
      const date = dateIn(now, zone)
      today = { zone, from, date, until: endOfDay(date, zone) }
    }
    return today
  }

  /** What a lead's next step and silence say, as of now. */
  function signals() {
    const now = clock.now()
    const { date, until } = presentDay(now)
    return (row: {
      status: LeadStatus
      next_step_at: number | null
      next_step_day: string | null
      last_activity_at: number | null
      stage_entered_at: number
      rotting_days: number | null
    }): { signal: StepSignal; rotting: boolean } => {
      const { next_step_at: next, next_step_day: day } = row
      const isOver = next !== null && (day === null ? next < now : day < date)
      const isToday = next !== null && (day === null ? next < until : day === date)
      const touched = quietSince(now, row.stage_entered_at, row.last_activity_at)
      return {
        signal: next === null ? 'none' : isOver ? 'overdue' : isToday ? 'today' : 'planned',
        rotting:
          row.status === 'open' &&
          row.rotting_days !== null &&
          (next === null || isOver) &&
          touched < now - row.rotting_days * dayInMilliseconds,
      }
    }
  }

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

  // Stages and positions ------------------------------------------------------------------------

  function requireStage(id: string): StageRow {
    const row = database.get<StageRow>(
      'select id, name, kind, pipeline_id from stage where id = ?',
      id,
    )
    if (!row) throw invalid('stageId', 'must be a stage that exists')
    return row
  }
  function firstStage(kind: LeadStatus, pipelineId?: string): StageRow {
    const row = pipelineId
      ? database.get<StageRow>(
          'select id, name, kind, pipeline_id from stage where pipeline_id = ? and kind = ? order by position limit 1',
          pipelineId,
          kind,
        )
      : database.get<StageRow>(
          `select stage.id, stage.name, stage.kind, stage.pipeline_id from stage join pipeline on pipeline.id = stage.pipeline_id
           where kind = ? order by pipeline.is_default desc, pipeline.position, stage.position limit 1`,
          kind,
        )
    if (!row) throw conflict(`This pipeline has no ${kind} stage.`)
    return row
  }

  const topPosition = (stageId: string): string | null =>
    database.value<string>(
      'select position from lead where stage_id = ? and deleted_at is null order by position, seq limit 1',
      stageId,
    ) ?? null

  /** Keys for `count` leads above everything in the stage, in order. */
  const positionsOnTop = (stageId: string, count: number): string[] =>
    generateNKeysBetween(null, topPosition(stageId), count)

  function positionFor(row: LeadRow, stageId: string, input: z.output<typeof MoveStage>): string {
    const neighbour = (id: string, field: string): string => {
      const found = database.get<{ position: string; stage_id: string }>(
        'select position, stage_id from lead where id = ? and deleted_at is null',
        id,
      )
      if (!found || found.stage_id !== stageId)
        throw invalid(field, 'must be a lead of the target stage')
      return found.position
    }
    const beside = (position: string, side: 'above' | 'below'): string | null =>
      database.value<string>(
        side === 'above'
          ? `select position from lead where stage_id = ? and deleted_at is null and position < ? and id <> ? order by position desc limit 1`
          : `select position from lead where stage_id = ? and deleted_at is null and position > ? and id <> ? order by position limit 1`,
        stageId,
        position,
        row.id,
      ) ?? null
    if (input.beforeId && input.beforeId !== row.id) {
      const below = neighbour(input.beforeId, 'beforeId')
      return generateKeyBetween(beside(below, 'above'), below)
    }
    if (input.afterId && input.afterId !== row.id) {
      const above = neighbour(input.afterId, 'afterId')
      return generateKeyBetween(above, beside(above, 'below'))
    }
    if (input.position !== undefined) {
      const around = database.all<{ position: string }>(
        `select position from lead where stage_id = ? and deleted_at is null and id <> ?
         order by position, seq limit 2 offset ?`,
        stageId,
        row.id,
        Math.max(0, input.position - 1),
      )
      if (input.position === 0) return generateKeyBetween(null, around[0]?.position ?? null)
      if (around.length === 0) {
        const last = database.value<string>(
          'select position from lead where stage_id = ? and deleted_at is null and id <> ? order by position desc limit 1',
          stageId,
          row.id,
        )
        return generateKeyBetween(last ?? null, null)
      }
      return generateKeyBetween(around[0]?.position ?? null, around[1]?.position ?? null)
    }
    if (row.stage_id === stageId) return row.position
    return generateKeyBetween(null, topPosition(stageId))
  }

  /** The columns that follow from standing in a stage of this kind. */
  function standing(
    row: Pick<LeadRow, 'status' | 'closed_at' | 'lost_reason'>,
    kind: LeadStatus,
    now: number,
    lostReason?: string | null,
  ) {
    return {
      status: kind,
      closedAt: kind === 'open' ? null : row.status === kind ? row.closed_at : now,
      lostReason: kind === 'lost' ? (lostReason ?? row.lost_reason) : null,
    }
  }

  function moveStage(actor: Actor, input: z.output<typeof MoveStage>): Lead {
    const row = requireLive(actor, input.id)
    const target = requireStage(input.stageId)
    const position = positionFor(row, target.id, input)
    const label =
      row.stage_id === target.id
        ? `Reorder ${quoted(row.title)}`
        : `Move ${quoted(row.title)} to ${target.name}`
    database.act(actor, { label }, (writer) => {
      writer.update(lead, row.id, {
        stageId: target.id,
        position,
        ...(row.stage_id === target.id ? {} : { stageEnteredAt: writer.now }),
        ...standing(row, target.kind, writer.now, input.lostReason),
      })
    })
    return records.get(actor, row.id)
  }

  function requireLive(actor: Actor, id: string): LeadRow {
    const row = records.requireRow(actor, id)
    if (row.deleted_at !== null) throw conflict('This lead is in the trash. Restore it first.')
    return row
  }

  /** Moves every lead of a stage to the top of another, in order. Answers how many. */
  function moveAll(
    writer: Writer,
    fromStageId: string,
    to: { id: string; kind: LeadStatus },
  ): number {
    const rows = database.all<LeadRow>(
      'select * from lead where stage_id = ? order by position, seq',
      fromStageId,
    )
    const positions = positionsOnTop(to.id, rows.length)
    for (const [index, row] of rows.entries())
      writer.update(lead, row.id, {
        stageId: to.id,
        position: positions[index],
        stageEnteredAt: writer.now,
        ...standing(row, to.kind, writer.now),
      })
    return rows.length
  }

  /** After a stage became open, won or lost, its leads follow. */
  function takeStatusOfStage(writer: Writer, stageId: string, kind: LeadStatus) {
    for (const row of database.all<LeadRow>('select * from lead where stage_id = ?', stageId))
      writer.update(lead, row.id, standing(row, kind, writer.now))
  }

  // Create and change ---------------------------------------------------------------------------

  const checkLinks = (actor: Actor, input: LeadPatch, row?: LeadRow) => {
    requireReceivers(database, { ownerId: [input.ownerId, row?.owner_id] })
    requireAddresses(kernel, actor, {
      companyId: ['company', input.companyId],
      contactId: ['contact', input.contactId],
    })
  }

  function valueColumns(value: LeadPatch['value']) {
    if (value === undefined) return {}
    if (value === null) return { valueMinor: null }
    const minor = minorFromAmount(value.amount, value.currency)
    if (minor === undefined)
      throw invalid('value.amount', `has more decimals than ${value.currency} allows`)
    if (minor < 0) throw invalid('value.amount', 'must not be negative')
    return { valueMinor: minor, currency: value.currency }
  }

  function plainColumns<Input extends LeadPatch>(input: Input) {
    const { value, stageId: _stage, lostReason: _reason, ...plain } = input
    return { ...plain, ...valueColumns(value) }
  }

  function create(actor: Actor, input: LeadPatch & { title: string }): Lead {
    checkLinks(actor, input)
    const { companyId } = impliedLinks(database, {
      companyId: input.companyId,
      contactId: input.contactId,
    })
    const stage = input.stageId ? requireStage(input.stageId) : firstStage('open')
    let id = ''
    database.act(actor, { label: `Create lead ${quoted(input.title)}` }, (writer) => {
      id = writer.insert(lead, {
        currency: workspace.currency(),
        ownerId: actor.userId,
        ...plainColumns(input),
        custom: customFields.merged('lead', '{}', input.custom ?? {}),
        companyId,
        stageId: stage.id,
        status: stage.kind,
        closedAt: stage.kind === 'open' ? null : writer.now,
        lostReason: stage.kind === 'lost' ? (input.lostReason ?? null) : null,
        position: generateKeyBetween(null, topPosition(stage.id)),
        stageEnteredAt: writer.now,
        createdBy: actor.userId,
      })
    })
    return records.written(id)
  }

  function applyUpdate(writer: Writer, row: LeadRow, patch: LeadPatch): boolean {
    const stage =
      patch.stageId && patch.stageId !== row.stage_id ? requireStage(patch.stageId) : undefined
    const columns = {
      ...plainColumns(customFields.mergedInto('lead', row.custom, patch)),
      ...(stage
        ? {
            stageId: stage.id,
            stageEnteredAt: writer.now,
            position: generateKeyBetween(null, topPosition(stage.id)),
            ...standing(row, stage.kind, writer.now, patch.lostReason),
          }
        : patch.lostReason !== undefined && row.status === 'lost'
          ? { lostReason: patch.lostReason }
          : {}),
    }
    return givingWork(writer, patch.moveOpenWork, () => writer.update(lead, row.id, columns))
  }

  function update(actor: Actor, { id, ...patch }: LeadPatch & { id: string }): Lead {
    const row = requireLive(actor, id)
    checkLinks(actor, patch, row)
    database.act(actor, { label: `Change lead ${quoted(row.title)}` }, (writer) => {
      applyUpdate(writer, row, patch)
    })
    return records.written(id)
  }

  function bulk(actor: Actor, input: Parameters<typeof records.bulk<LeadPatch>>[1]) {
    if (input.action.type === 'update') checkLinks(actor, input.action.patch)
    return records.bulk<LeadPatch>(actor, input, applyUpdate)
  }

  /**
   * Wins the lead if it is open and makes it a customer: the one named, else the customer its company
   * already is, else a new one.
   */
  function convert(
    actor: Actor,
    input: { id: string; name?: string | undefined; customerId?: string | undefined },
  ) {
    const row = requireLive(actor, input.id)
    if (row.customer_id)
      throw conflict(`${row.title} is already the customer ${row.customer_name}.`)
    if (input.customerId && customers.requireRow(actor, input.customerId).deleted_at !== null)
      throw notFound('customer')
    return database.act(actor, { label: `Convert ${quoted(row.title)} to a customer` }, (writer) =>
      customers.written(makeCustomer(writer, row, input)),
    )
  }

  /** Answers the customer's id. @param more what else winning the lead sets */
  function makeCustomer(
    writer: Writer,
    row: LeadRow,
    input: { name?: string | undefined; customerId?: string | undefined },
    more: { valueMinor?: number; currency?: string } = {},
  ): string {
    const customerId =
      row.customer_id ??
      input.customerId ??
      (row.company_id && !input.name
        ? customers.ofCompany(writer.actor, row.company_id)
        : undefined) ??
      customers.insert(writer, {
        name: input.name ?? row.company_name ?? row.contact_name ?? row.title,
        companyId: row.company_id,
        contactId: row.contact_id,
        ownerId: activeOr(database, row.owner_id, writer.actor.userId),
      })
    const stage = row.status === 'won' ? undefined : firstStage('won', row.pipeline_id)
    writer.update(lead, row.id, {
      customerId,
      ...more,
      ...(stage
        ? {
            stageId: stage.id,
            stageEnteredAt: writer.now,
            position: generateKeyBetween(null, topPosition(stage.id)),
            ...standing(row, 'won', writer.now),
          }
        : {}),
    })
    return customerId
  }

  /** Wins a lead within another area's action, makes it a customer, and sets what it was won with. */
  const win = (
    writer: Writer,
    id: string,
    wonWith: { valueMinor: number; currency: string },
  ): string => makeCustomer(writer, requireLive(writer.actor, id), {}, wonWith)

  function facets(actor: Actor) {
    const scope = records.scoped(actor)[0]
    const where = scope ? `and ${scope.sql}` : ''
    const parameters = scope?.parameters ?? []
    const column = (name: string) =>
      database
        .all<{ value: string }>(
          `select ${name} as value from lead where deleted_at is null and ${name} is not null ${where}
           group by ${name} order by count(*) desc limit 200`,
          ...parameters,
        )
        .map((row) => row.value)
    return {
      sources: column('source'),
      lostReasons: column('lost_reason'),
      tags: database
        .all<{ value: string }>(
          `select tag.value as value from (
             select lead.tags, count(*) as leads from lead
             where lead.deleted_at is null and lead.tags <> '[]' ${where} group by lead.tags) used,
             json_each(used.tags) tag
           group by tag.value order by sum(used.leads) desc limit 200`,
          ...parameters,
        )
        .map((row) => row.value),
    }
  }

  return {
    ...records,
    list,
    create,
    update,
    bulk,
    applyUpdate,
    moveStage,
    moveAll,
    takeStatusOfStage,
    convert,
    win,
    facets,
    signals,
    positionsOnTop,
    firstStage,
    standing,
  }
}
