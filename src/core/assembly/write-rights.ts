/** What changing a row of each table takes, for undo and redo: the same as at the doors of the areas. */
import type { Actor } from '../kernel/actor'
import { seesAll } from '../kernel/authorisation'
import type { Clause } from '../kernel/database/clause'
import { ownedBy } from '../kernel/records/records'
import type { RightsByTable, RowScope, WriteRights } from '../kernel/records/write-rights'

export interface RecordScopes {
  activity: RowScope
  company: RowScope
  contact: RowScope
  customer: RowScope
  lead: RowScope
  plan: RowScope
  quote: RowScope
  reminder: RowScope
  task: RowScope
}

const everyRow: RowScope = () => undefined

/** For reps: rows in whose column they are named. Managers and admins change those of everybody. */
const ofUser =
  (column: string): RowScope =>
  (actor) =>
    seesAll(actor) ? undefined : onlyOf(column)(actor)
/** For everybody: rows in whose column they are named. */
const onlyOf =
  (column: string) =>
  (actor: Actor): Clause => ({ sql: `${column} = ?`, parameters: [actor.userId] })

/** What everybody says of themselves. */
const profileColumns = ['name', 'email', 'timezone', 'signature', 'updated_at']

const configuration: WriteRights = { permission: 'configure', scope: everyRow }
const administration: WriteRights = { permission: 'administer', scope: everyRow }

export function writeRights(scopes: RecordScopes): RightsByTable {
  const write = (scope: RowScope): WriteRights => ({ permission: 'write', scope })
  const onRecords = {
    lead_id: 'lead',
    company_id: 'company',
    contact_id: 'contact',
    customer_id: 'customer',
  }
  return {
    company: { ...write(scopes.company), ownScope: ownedBy('company') },
    contact: { ...write(scopes.contact), ownScope: ownedBy('contact') },
    lead: write(scopes.lead),
    customer: write(scopes.customer),
    quote: write(scopes.quote),

    activity: { ...write(scopes.activity), follows: onRecords },
    task: { ...write(scopes.task), follows: onRecords },
    reminder: {
      ...write(scopes.reminder),
      follows: { ...onRecords, activity_id: 'activity', task_id: 'task', plan_id: 'plan' },
    },
    calendar_item: { permission: 'import', scope: onlyOf('calendar_item.user_id') },
    calendar_feed: { permission: 'export', scope: onlyOf('calendar_feed.user_id') },

    plan: { ...write(scopes.plan), follows: onRecords },
    plan_step: {
      ...write((actor) =>
        seesAll(actor)
          ? undefined
          : {
              sql: 'exists (select 1 from plan own where own.id = plan_step.plan_id and own.user_id = ?)',
              parameters: [actor.userId],
            },
      ),
      follows: { plan_id: 'plan', activity_id: 'activity' },
    },
    cadence: write(ofUser('cadence.created_by')),
    // Steps without a cadence belong to one plan, which is judged itself.
    cadence_version: write((actor) =>
      seesAll(actor)
        ? undefined
        : {
            sql: `(cadence_version.cadence_id is null
              or exists (select 1 from cadence own where own.id = cadence_version.cadence_id and own.created_by = ?))`,
            parameters: [actor.userId],
          },
    ),
    suggestion_answer: write(ofUser('suggestion_answer.user_id')),

    template: write(ofUser('template.created_by')),
    activity_template: write(ofUser('activity_template.created_by')),
    email_message: {
      ...write(ofUser('email_message.user_id')),
      follows: { lead_id: 'lead', contact_id: 'contact', activity_id: 'activity' },
    },
    mail_account: {
      scope: ofUser('mail_account.user_id'),
      // Everybody's mail goes out by the default account.
      permission: ({ now, after, columns }) =>
        now && after && columns.includes('is_default') ? 'configure' : 'write',
    },
    // Anybody opts somebody out; to write to them again takes more.
    opt_out: {
      permission: ({ after }) => (after ? 'write' : 'configure'),
      scope: everyRow,
    },

    user: {
      permission: ({ id, now, after, columns }, actor) =>
        now && after && id === actor.userId && columns.every((one) => profileColumns.includes(one))
          ? 'write'
          : 'administer',
      scope: everyRow,
    },
    team: administration,
    api_token: administration,

    pipeline: configuration,
    stage: configuration,
    word: configuration,
    custom_field: configuration,
    setting: configuration,
    working_hours: write(ofUser('working_hours.user_id')),
    day_off: write(ofUser('day_off.user_id')),
    saved_view: write((actor) =>
      seesAll(actor)
        ? {
            sql: '(saved_view.owner_id = ? or saved_view.shared = 1)',
            parameters: [actor.userId],
          }
        : onlyOf('saved_view.owner_id')(actor),
    ),
  }
}
