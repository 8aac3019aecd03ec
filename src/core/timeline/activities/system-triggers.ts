/** Triggers that write the system activities, so that no code path can miss one. */
import { newIdSql } from '../../kernel/database/ids'

const at = `coalesce(session.at, cast(unixepoch('subsec') * 1000 as integer))`
const nameOf = (table: string, id: string, column = 'name') =>
  `(select ${column} from ${table} where id = ${id})`
const notQuiet = `(select quiet from session where id = 1) is not 1`

interface SystemActivity {
  type: string
  /** SQL of the sentence a timeline shows. */
  subject: string
  /** SQL pairs for json_object: old and new value, names. */
  metadata: string
  occurredAt?: string
}

function insertActivity(
  row: 'new' | 'old',
  links: { lead: string; customer: string },
  entry: SystemActivity,
): string {
  return `insert into activity (id, category, type, subject, lead_id, company_id, contact_id, customer_id, user_id,
      occurred_at, metadata, created_by, created_at, updated_at)
    select ${newIdSql(at)}, 'system', '${entry.type}', ${entry.subject}, ${links.lead}, ${row}.company_id,
      ${row}.contact_id, ${links.customer}, session.user_id, ${entry.occurredAt ?? at},
      json_object(${entry.metadata}, 'changed_by', ${nameOf('user', 'session.user_id')}),
      session.user_id, ${at}, ${at}
    from session where session.id = 1;`
}

const leadNames = (row: 'new' | 'old') =>
  `'lead_name', ${row}.title, 'company_name', ${nameOf('company', `${row}.company_id`)}`

/** The fields a `lead_updated` or `customer_updated` entry lists, with SQL for the shown value. */
const leadFields: Record<string, (row: string) => string> = {
  title: (row) => `${row}.title`,
  company: (row) => nameOf('company', `${row}.company_id`),
  contact: (row) => nameOf('contact', `${row}.contact_id`),
  value: (row) => `${row}.value_minor`,
  currency: (row) => `${row}.currency`,
  probability: (row) => `${row}.probability`,
  expected_close_date: (row) => `${row}.expected_close_date`,
  lost_reason: (row) => `${row}.lost_reason`,
  source: (row) => `${row}.source`,
  priority: (row) => `${row}.priority`,
  description: (row) => `${row}.description`,
  tags: (row) => `${row}.tags`,
  custom: (row) => `${row}.custom`,
}
const leadColumns: Record<string, string> = {
  company: 'company_id',
  contact: 'contact_id',
  value: 'value_minor',
}
const customerFields: Record<string, (row: string) => string> = {
  name: (row) => `${row}.name`,
  company: (row) => nameOf('company', `${row}.company_id`),
  contact: (row) => nameOf('contact', `${row}.contact_id`),
  since: (row) => `${row}.since`,
  description: (row) => `${row}.description`,
  tags: (row) => `${row}.tags`,
  custom: (row) => `${row}.custom`,
}
const customerColumns: Record<string, string> = { company: 'company_id', contact: 'contact_id' }

function updated(fields: Record<string, (row: string) => string>, columns: Record<string, string>) {
  const changed = (field: string) => {
    const column = columns[field] ?? field
    return `old.${column} is not new.${column}`
  }
  const names = Object.keys(fields)
  const list = names.map(
    (field) =>
      `select '${field}' as field, ${fields[field]?.('old')} as before, ${fields[field]?.('new')} as after where ${changed(field)}`,
  )
  return {
    columns: names.map((field) => columns[field] ?? field).join(', '),
    when: names.map(changed).join(' or '),
    changes: `(select json_group_array(json_object('field', field, 'before', before, 'after', after)) from (${list.join(' union all ')}))`,
    subject: `(select group_concat(replace(field, '_', ' '), ', ') from (${list.join(' union all ')})) || ' changed'`,
  }
}

/** SQL that creates the triggers for leads and customers. */
export function systemActivityTriggers(): string[] {
  const ofLead = { lead: 'new.id', customer: 'new.customer_id' }
  const ofCustomer = { lead: 'null', customer: 'new.id' }
  const leadUpdate = updated(leadFields, leadColumns)
  const customerUpdate = updated(customerFields, customerColumns)
  const trigger = (name: string, event: string, when: string, body: string) =>
    `create trigger system_${name} after ${event} when ${notQuiet} and (${when}) begin ${body} end`

  return [
    trigger(
      'lead_created',
      'insert on lead',
      'true',
      insertActivity('new', ofLead, {
        type: 'lead_created',
        subject: `'Lead created'`,
        metadata: `${leadNames('new')}, 'stage', ${nameOf('stage', 'new.stage_id')}, 'owner', ${nameOf('user', 'new.owner_id')}`,
        occurredAt: 'new.created_at',
      }),
    ),
    trigger(
      'stage_changed',
      'update of stage_id on lead',
      'old.stage_id is not new.stage_id',
      insertActivity('new', ofLead, {
        type: 'stage_changed',
        subject: `'Stage changed from ' || ${nameOf('stage', 'old.stage_id')} || ' to ' || ${nameOf('stage', 'new.stage_id')}`,
        metadata: `'old', old.stage_id, 'new', new.stage_id, 'old_stage', ${nameOf('stage', 'old.stage_id')}, 'new_stage', ${nameOf('stage', 'new.stage_id')}, 'entered_at', old.stage_entered_at, ${leadNames('new')}`,
      }),
    ),
    trigger(
      'lead_status_changed',
      'update of status on lead',
      'old.status is not new.status',
      insertActivity('new', ofLead, {
        type: 'status_changed',
        subject: `'Status changed from ' || old.status || ' to ' || new.status`,
        metadata: `'old', old.status, 'new', new.status, 'lost_reason', new.lost_reason, ${leadNames('new')}`,
      }),
    ),
    trigger(
      'lead_assignment_changed',
      'update of owner_id on lead',
      'old.owner_id is not new.owner_id',
      insertActivity('new', ofLead, {
        type: 'assignment_changed',
        subject: `'Owner changed from ' || coalesce(${nameOf('user', 'old.owner_id')}, 'nobody') || ' to ' || coalesce(${nameOf('user', 'new.owner_id')}, 'nobody')`,
        metadata: `'old', old.owner_id, 'new', new.owner_id, 'old_owner', ${nameOf('user', 'old.owner_id')}, 'new_owner', ${nameOf('user', 'new.owner_id')}, ${leadNames('new')}`,
      }),
    ),
    trigger(
      'lead_converted',
      'update of customer_id on lead',
      'old.customer_id is null and new.customer_id is not null',
      insertActivity('new', ofLead, {
        type: 'lead_converted',
        subject: `'Converted to customer ' || ${nameOf('customer', 'new.customer_id')}`,
        metadata: `'old', null, 'new', new.customer_id, 'customer_name', ${nameOf('customer', 'new.customer_id')}, ${leadNames('new')}`,
      }),
    ),
    trigger(
      'lead_updated',
      `update of ${leadUpdate.columns} on lead`,
      leadUpdate.when,
      insertActivity('new', ofLead, {
        type: 'lead_updated',
        subject: leadUpdate.subject,
        metadata: `'changes', json(${leadUpdate.changes}), 'currency', new.currency, ${leadNames('new')}`,
      }),
    ),
    trigger(
      'lead_trashed',
      'update of deleted_at on lead',
      'old.deleted_at is null and new.deleted_at is not null',
      insertActivity('new', ofLead, {
        type: 'lead_deleted',
        subject: `'Lead deleted'`,
        metadata: leadNames('new'),
      }),
    ),
    trigger(
      'lead_restored',
      'update of deleted_at on lead',
      'old.deleted_at is not null and new.deleted_at is null',
      insertActivity('new', ofLead, {
        type: 'lead_updated',
        subject: `'Lead restored from the trash'`,
        metadata: `'restored', json('true'), ${leadNames('new')}`,
      }),
    ),
    trigger(
      'lead_deleted',
      'delete on lead',
      'old.deleted_at is null',
      insertActivity(
        'old',
        { lead: 'null', customer: 'null' },
        {
          type: 'lead_deleted',
          subject: `'Lead deleted: ' || old.title`,
          metadata: `'lead_id', old.id, ${leadNames('old')}`,
        },
      ),
    ),
    trigger(
      'customer_created',
      'insert on customer',
      'true',
      insertActivity('new', ofCustomer, {
        type: 'customer_created',
        subject: `'Customer created'`,
        metadata: `'customer_name', new.name`,
        occurredAt: 'new.created_at',
      }),
    ),
    trigger(
      'customer_updated',
      `update of ${customerUpdate.columns} on customer`,
      customerUpdate.when,
      insertActivity('new', ofCustomer, {
        type: 'customer_updated',
        subject: customerUpdate.subject,
        metadata: `'changes', json(${customerUpdate.changes}), 'customer_name', new.name`,
      }),
    ),
    trigger(
      'customer_status_changed',
      'update of status on customer',
      'old.status is not new.status',
      insertActivity('new', ofCustomer, {
        type: 'status_changed',
        subject: `'Status changed from ' || old.status || ' to ' || new.status`,
        metadata: `'old', old.status, 'new', new.status, 'customer_name', new.name`,
      }),
    ),
    trigger(
      'customer_assignment_changed',
      'update of owner_id on customer',
      'old.owner_id is not new.owner_id',
      insertActivity('new', ofCustomer, {
        type: 'assignment_changed',
        subject: `'Owner changed from ' || coalesce(${nameOf('user', 'old.owner_id')}, 'nobody') || ' to ' || coalesce(${nameOf('user', 'new.owner_id')}, 'nobody')`,
        metadata: `'old', old.owner_id, 'new', new.owner_id, 'old_owner', ${nameOf('user', 'old.owner_id')}, 'new_owner', ${nameOf('user', 'new.owner_id')}, 'customer_name', new.name`,
      }),
    ),
    trigger(
      'customer_trashed',
      'update of deleted_at on customer',
      'old.deleted_at is null and new.deleted_at is not null',
      insertActivity('new', ofCustomer, {
        type: 'customer_deleted',
        subject: `'Customer deleted'`,
        metadata: `'customer_name', new.name`,
      }),
    ),
    trigger(
      'customer_restored',
      'update of deleted_at on customer',
      'old.deleted_at is not null and new.deleted_at is null',
      insertActivity('new', ofCustomer, {
        type: 'customer_updated',
        subject: `'Customer restored from the trash'`,
        metadata: `'restored', json('true'), 'customer_name', new.name`,
      }),
    ),
    trigger(
      'customer_deleted',
      'delete on customer',
      'old.deleted_at is null',
      insertActivity(
        'old',
        { lead: 'null', customer: 'null' },
        {
          type: 'customer_deleted',
          subject: `'Customer deleted: ' || old.name`,
          metadata: `'customer_id', old.id, 'customer_name', old.name`,
        },
      ),
    ),
  ]
}
