/** Leads. */

import { sql } from 'drizzle-orm'
import { index, integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import type { CustomValues } from '../../../contract/kernel/custom-fields'
import { priorities } from '../../../contract/kernel/words'
import { leadFields } from '../../../contract/records/lead-fields'
import { leadStatuses } from '../../../contract/records/words'
import {
  amountOf,
  deletedAt,
  emptyList,
  emptyObject,
  id,
  type Json,
  seq,
  timestamps,
} from '../../kernel/database/columns'
import { declare } from '../../kernel/database/declare'
import { company } from '../companies/table'
import { contact } from '../contacts/table'
import { customer } from '../customers/table'
import { stage } from '../pipeline/table'
import { user } from '../users/table'

export const lead = sqliteTable(
  'lead',
  {
    seq: seq(),
    id: id(),
    title: text('title').notNull(),
    /** As it is looked up: lower case, without accents. */
    titleFolded: text('title_folded'),
    companyId: text('company_id').references(() => company.id, { onDelete: 'set null' }),
    contactId: text('contact_id').references(() => contact.id, { onDelete: 'set null' }),
    ownerId: text('owner_id').references(() => user.id, { onDelete: 'set null' }),
    stageId: text('stage_id')
      .notNull()
      .references(() => stage.id),
    status: text('status', { enum: leadStatuses }).notNull().default('open'),
    valueMinor: integer('value_minor'),
    currency: text('currency').notNull(),
    valueAmount: amountOf('value_amount', 'value_minor'),
    /** Percent; null takes the stage's. */
    probability: integer('probability'),
    /** ISO date. */
    expectedCloseDate: text('expected_close_date'),
    lostReason: text('lost_reason'),
    source: text('source'),
    priority: text('priority', { enum: priorities }).notNull().default('medium'),
    description: text('description'),
    tags: text('tags').$type<Json<string[]>>().notNull().default(emptyList),
    custom: text('custom').$type<Json<CustomValues>>().notNull().default(emptyObject),
    externalId: text('external_id'),
    customerId: text('customer_id').references(() => customer.id, { onDelete: 'set null' }),
    /** Order within the stage: a fractional index, compared as bytes. */
    position: text('position').notNull(),
    stageEnteredAt: integer('stage_entered_at').notNull(),
    closedAt: integer('closed_at'),
    /** Derived by triggers from what was done and is planned, as are the three of the next step. */
    lastActivityAt: integer('last_activity_at'),
    nextStepAt: integer('next_step_at'),
    /** Of an activity that takes a whole day: the zone whose day it is, empty for the workspace's. */
    nextStepZone: text('next_step_zone'),
    /** Of a task that takes a whole day: which. */
    nextStepDate: text('next_step_date'),
    score: integer('score'),
    lastScoredAt: integer('last_scored_at'),
    createdBy: text('created_by').references(() => user.id, { onDelete: 'set null' }),
    ...timestamps(),
    deletedAt: deletedAt(),
  },
  (table) => [
    index('lead_board').on(table.stageId, table.position, table.seq).where(sql`deleted_at is null`),
    // What the board sums up and filters by, and how long leads have been in their stages.
    index('lead_facts')
      .on(
        table.stageId,
        table.currency,
        table.valueMinor,
        table.valueAmount,
        table.probability,
        table.status,
        table.ownerId,
        table.source,
        table.expectedCloseDate,
        table.deletedAt,
        table.stageEnteredAt,
        table.closedAt,
      )
      .where(sql`deleted_at is null`),
    // What conversion rates ask of each lead that has moved, in the order of the ids.
    index('lead_stays')
      .on(table.id, table.stageId, table.stageEnteredAt, table.status)
      .where(sql`deleted_at is null`),
    // What the board shows of open leads, and filters them by.
    index('lead_signals')
      .on(
        table.stageId,
        table.nextStepAt,
        table.lastActivityAt,
        table.stageEnteredAt,
        table.ownerId,
        table.nextStepZone,
        table.nextStepDate,
        table.source,
        table.currency,
        table.valueMinor,
        table.expectedCloseDate,
      )
      .where(sql`deleted_at is null and status = 'open'`),
    index('lead_owner')
      .on(table.ownerId, table.updatedAt, table.seq)
      .where(sql`deleted_at is null`),
    index('lead_company').on(table.companyId, table.status).where(sql`company_id is not null`),
    index('lead_contact').on(table.contactId).where(sql`contact_id is not null`),
    index('lead_customer').on(table.customerId).where(sql`customer_id is not null`),
    index('lead_external').on(table.externalId).where(sql`external_id is not null`),
    index('lead_folded').on(table.titleFolded).where(sql`title_folded is not null`),
    index('lead_title').on(sql`title collate nocase`, table.seq).where(sql`deleted_at is null`),
    index('lead_updated').on(table.updatedAt, table.seq).where(sql`deleted_at is null`),
    index('lead_created').on(table.createdAt, table.seq).where(sql`deleted_at is null`),
    index('lead_value').on(table.valueAmount, table.seq).where(sql`deleted_at is null`),
    index('lead_close').on(table.expectedCloseDate, table.seq).where(sql`deleted_at is null`),
    index('lead_last_activity').on(table.lastActivityAt, table.seq).where(sql`deleted_at is null`),
    index('lead_next_step').on(table.nextStepAt, table.seq).where(sql`deleted_at is null`),
    index('lead_source').on(table.source).where(sql`deleted_at is null`),
    index('lead_priority')
      .on(
        sql`case priority when 'urgent' then 3 when 'high' then 2 when 'medium' then 1 else 0 end`,
        table.seq,
      )
      .where(sql`deleted_at is null`),
    index('lead_score')
      .on(table.score, table.seq)
      .where(sql`deleted_at is null and score is not null`),
    index('lead_tags')
      .on(table.tags, table.updatedAt, table.seq)
      .where(sql`deleted_at is null and tags <> '[]'`),
    index('lead_lost_reason')
      .on(table.lostReason)
      .where(sql`deleted_at is null and lost_reason is not null`),
    index('lead_deleted').on(table.deletedAt).where(sql`deleted_at is not null`),
  ],
)

/** Sums over the leads that are not in the trash, kept by triggers; empty text stands for no owner. */
export const leadTally = sqliteTable(
  'lead_tally',
  {
    stageId: text('stage_id').notNull(),
    ownerId: text('owner_id').notNull(),
    currency: text('currency').notNull(),
    status: text('status', { enum: leadStatuses }).notNull(),
    leads: integer('leads').notNull(),
    /** Leads that have a value: without one there is no sum, not one of zero. */
    valued: integer('valued').notNull().default(0),
    valueMinor: integer('value_minor').notNull(),
    /** Value times probability in percent, of the leads that have a probability of their own. */
    weighted: integer('weighted').notNull(),
    /** Value of the leads that take the probability of their stage. */
    unweighted: integer('unweighted').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.stageId, table.ownerId, table.currency, table.status] }),
    index('lead_tally_owner').on(table.ownerId, table.status),
  ],
)

declare(lead, {
  fields: leadFields,
  searched: { besides: ['custom'] },
  derived: ['last_activity_at', 'next_step_at', 'next_step_zone', 'next_step_date'],
  derivedFrom: ['activity', 'task', 'reminder', 'plan'],
  following: [{ column: 'title_folded', from: 'title', by: 'fold' }],
  spelled: { tags: 'tag', source: 'source' },
})

declare(leadTally, {
  derived: true,
  tally: {
    table: 'lead',
    keys: {
      stage_id: (row) => `${row}.stage_id`,
      owner_id: (row) => `coalesce(${row}.owner_id, '')`,
      currency: (row) => `${row}.currency`,
      status: (row) => `${row}.status`,
    },
    sums: {
      leads: () => '1',
      valued: (row) => `iif(${row}.value_minor is null, 0, 1)`,
      value_minor: (row) => `coalesce(${row}.value_minor, 0)`,
      weighted: (row) => `coalesce(${row}.value_minor * ${row}.probability, 0)`,
      unweighted: (row) => `iif(${row}.probability is null, coalesce(${row}.value_minor, 0), 0)`,
    },
    columns: ['stage_id', 'owner_id', 'currency', 'status', 'value_minor', 'probability'],
  },
})
