/** Plans: a cadence at work on a lead or contact, and the steps it has come to. */

import { sql } from 'drizzle-orm'
import { index, integer, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core'
import type { ReminderStatus } from '../../../contract/agenda/words'
import type { Moved } from '../../../contract/agenda/working-time'
import {
  type PlanState,
  planEndings,
  planStates,
  planStepStates,
} from '../../../contract/outreach/words'
import { reminder } from '../../agenda/reminders/table'
import { emptyList, id, type Json, seq, timestamps } from '../../kernel/database/columns'
import { referTo } from '../../kernel/database/refer-to'
import { company } from '../../records/companies/table'
import { contact } from '../../records/contacts/table'
import { lead } from '../../records/leads/table'
import { user } from '../../records/users/table'
import { activity } from '../../timeline/activities/table'
import { cadence, cadenceVersion } from '../cadences/table'

const live = sql.raw(`state in ('not_started', 'in_progress', 'paused')`)

/** Where a plan was when its lead or contact was deleted. */
export interface RestedPlan {
  state: PlanState
  step_id: string | null
  position: number | null
  paused_at: number | null
  paused_until: number | null
  remaining: number | null
  next_step_due_at: number | null
  wake_at: number | null
  /** Ids of the step it waited at and of that step's reminder. */
  step: string | null
  reminder: string | null
  reminder_status: ReminderStatus | null
}

export const plan = sqliteTable(
  'plan',
  {
    seq: seq(),
    id: id(),
    /** What it was called when it was made. */
    name: text('name').notNull(),
    cadenceId: text('cadence_id').references(() => cadence.id, { onDelete: 'set null' }),
    versionId: text('version_id')
      .notNull()
      .references(() => cadenceVersion.id),
    leadId: text('lead_id').references(() => lead.id, { onDelete: 'cascade' }),
    contactId: text('contact_id').references(() => contact.id, { onDelete: 'set null' }),
    companyId: text('company_id').references(() => company.id, { onDelete: 'set null' }),
    userId: text('user_id').references(() => user.id, { onDelete: 'set null' }),
    state: text('state', { enum: planStates }).notNull(),
    /** The step it waits at, and its place among the steps; null when it is over. */
    stepId: text('step_id'),
    position: integer('position'),
    stepCount: integer('step_count').notNull(),
    /** What the current step's delay counts from: the step before was done then. */
    baseAt: integer('base_at'),
    /** When the current step is due; null unless the plan is in progress. */
    nextStepDueAt: integer('next_step_due_at'),
    /** When planning has to look at it: an automated step, a missed one, the end of a pause. */
    wakeAt: integer('wake_at'),
    startedAt: integer('started_at'),
    pausedAt: integer('paused_at'),
    pausedUntil: integer('paused_until'),
    /** What was left of the current step's delay when it was paused, in milliseconds. */
    remaining: integer('remaining'),
    repliedAt: integer('replied_at'),
    endedAt: integer('ended_at'),
    ending: text('ending', { enum: planEndings }),
    /** JSON of where it was when its lead or contact was deleted: from there it continues when that is restored. */
    rested: text('rested').$type<Json<RestedPlan>>(),
    createdBy: text('created_by').references(() => user.id, { onDelete: 'set null' }),
    ...timestamps(),
  },
  (table) => [
    index('plan_due').on(table.nextStepDueAt, table.seq).where(sql`next_step_due_at is not null`),
    index('plan_due_user')
      .on(table.userId, table.nextStepDueAt, table.seq)
      .where(sql`next_step_due_at is not null`),
    index('plan_wake').on(table.wakeAt, table.seq).where(sql`wake_at is not null`),
    index('plan_lead').on(table.leadId, table.state).where(sql`lead_id is not null`),
    index('plan_contact').on(table.contactId, table.state).where(sql`contact_id is not null`),
    index('plan_company').on(table.companyId).where(sql`company_id is not null`),
    index('plan_cadence')
      .on(table.cadenceId, table.state, table.startedAt, table.userId)
      .where(sql`cadence_id is not null`),
    index('plan_version').on(table.versionId),
    index('plan_user').on(table.userId, table.updatedAt, table.seq),
    index('plan_updated').on(table.updatedAt, table.seq),
    // Nobody is in the same cadence twice at a time.
    uniqueIndex('plan_lead_once')
      .on(table.leadId, table.cadenceId)
      .where(sql`lead_id is not null and cadence_id is not null and ${live}`),
    uniqueIndex('plan_contact_once')
      .on(table.contactId, table.cadenceId)
      .where(
        sql`lead_id is null and contact_id is not null and cadence_id is not null and ${live}`,
      ),
  ],
)

referTo(reminder.planId, plan.id, { onDelete: 'cascade' })

export const planStep = sqliteTable(
  'plan_step',
  {
    id: text('id').primaryKey(),
    planId: text('plan_id')
      .notNull()
      .references(() => plan.id, { onDelete: 'cascade' }),
    /** Of the cadence, for what is counted over many plans. */
    cadenceId: text('cadence_id').references(() => cadence.id, { onDelete: 'set null' }),
    /** The step's id within its version. */
    stepId: text('step_id').notNull(),
    position: integer('position').notNull(),
    type: text('type').notNull(),
    automated: integer('automated').notNull().default(0),
    variant: text('variant'),
    state: text('state', { enum: planStepStates }).notNull().default('open'),
    dueAt: integer('due_at').notNull(),
    /** The last instant that counts as on time. */
    lateAfter: integer('late_after').notNull(),
    /** JSON array: why it is later than its delay alone would have it. */
    moved: text('moved').$type<Json<Moved[]>>().notNull().default(emptyList),
    doneAt: integer('done_at'),
    doneBy: text('done_by').references(() => user.id, { onDelete: 'set null' }),
    outcome: text('outcome'),
    /** The first reply after this step and before the next one was done. */
    repliedAt: integer('replied_at'),
    activityId: text('activity_id').references(() => activity.id, { onDelete: 'set null' }),
    ...timestamps(),
  },
  (table) => [
    // A step of a plan never runs twice.
    uniqueIndex('plan_step_once').on(table.planId, table.stepId),
    index('plan_step_plan').on(table.planId, table.position),
    index('plan_step_activity').on(table.activityId).where(sql`activity_id is not null`),
    index('plan_step_cadence')
      .on(table.cadenceId, table.stepId, table.variant, table.state)
      .where(sql`cadence_id is not null`),
  ],
)
