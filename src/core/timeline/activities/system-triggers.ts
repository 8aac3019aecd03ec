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

const trigger = (name: string, event: string, when: string, body: string) =>
  `create trigger system_${name} after ${event} when ${notQuiet} and (${when}) begin ${body} end`

/** What differs between leads and customers in the entries that both have. */
interface Source {
  table: 'lead' | 'customer'
  noun: string
  /** The column of what people call it. */
  name: string
  links: { lead: string; customer: string }
  /** SQL pairs of its names, which stay readable when the row is gone. */
  names(row: 'new' | 'old'): string
  /** SQL pairs that entries of one type have besides. */
  more: { created?: string; status?: string; updated?: string }
  fields: Record<string, (row: string) => string>
  columns: Record<string, string>
}

const ofLead: Source = {
  table: 'lead',
  noun: 'Lead',
  name: 'title',
  links: { lead: 'new.id', customer: 'new.customer_id' },
  names: (row) =>
    `'lead_name', ${row}.title, 'company_name', ${nameOf('company', `${row}.company_id`)}`,
  more: {
    created: `'stage', ${nameOf('stage', 'new.stage_id')}, 'owner', ${nameOf('user', 'new.owner_id')}`,
    status: `'lost_reason', new.lost_reason`,
    updated: `'currency', new.currency`,
  },
  fields: leadFields,
  columns: leadColumns,
}
const ofCustomer: Source = {
  table: 'customer',
  noun: 'Customer',
  name: 'name',
  links: { lead: 'null', customer: 'new.id' },
  names: (row) => `'customer_name', ${row}.name`,
  more: {},
  fields: customerFields,
  columns: customerColumns,
}

const pairs = (...texts: (string | undefined)[]) => texts.filter(Boolean).join(', ')

/** The entries that leads and customers both have. */
function triggersOf({ table, noun, name, links, names, more, fields, columns }: Source) {
  const update = updated(fields, columns)
  const whenTrashed = `update of deleted_at on ${table}`
  return {
    created: trigger(
      `${table}_created`,
      `insert on ${table}`,
      'true',
      insertActivity('new', links, {
        type: `${table}_created`,
        subject: `'${noun} created'`,
        metadata: pairs(names('new'), more.created),
        occurredAt: 'new.created_at',
      }),
    ),
    statusChanged: trigger(
      `${table}_status_changed`,
      `update of status on ${table}`,
      'old.status is not new.status',
      insertActivity('new', links, {
        type: 'status_changed',
        subject: `'Status changed from ' || old.status || ' to ' || new.status`,
        metadata: pairs(`'old', old.status, 'new', new.status`, more.status, names('new')),
      }),
    ),
    ownerChanged: trigger(
      `${table}_assignment_changed`,
      `update of owner_id on ${table}`,
      'old.owner_id is not new.owner_id',
      insertActivity('new', links, {
        type: 'assignment_changed',
        subject: `'Owner changed from ' || coalesce(${nameOf('user', 'old.owner_id')}, 'nobody') || ' to ' || coalesce(${nameOf('user', 'new.owner_id')}, 'nobody')`,
        metadata: `'old', old.owner_id, 'new', new.owner_id, 'old_owner', ${nameOf('user', 'old.owner_id')}, 'new_owner', ${nameOf('user', 'new.owner_id')}, ${names('new')}`,
      }),
    ),
    updated: trigger(
      `${table}_updated`,
      `update of ${update.columns} on ${table}`,
      update.when,
      insertActivity('new', links, {
        type: `${table}_updated`,
        subject: update.subject,
        metadata: pairs(`'changes', json(${update.changes})`, more.updated, names('new')),
      }),
    ),
    trashed: trigger(
      `${table}_trashed`,
      whenTrashed,
      'old.deleted_at is null and new.deleted_at is not null',
      insertActivity('new', links, {
        type: `${table}_deleted`,
        subject: `'${noun} deleted'`,
        metadata: names('new'),
      }),
    ),
    restored: trigger(
      `${table}_restored`,
      whenTrashed,
      'old.deleted_at is not null and new.deleted_at is null',
      insertActivity('new', links, {
        type: `${table}_updated`,
        subject: `'${noun} restored from the trash'`,
        metadata: `'restored', json('true'), ${names('new')}`,
      }),
    ),
    deleted: trigger(
      `${table}_deleted`,
      `delete on ${table}`,
      'old.deleted_at is null',
      insertActivity(
        'old',
        { lead: 'null', customer: 'null' },
        {
          type: `${table}_deleted`,
          subject: `'${noun} deleted: ' || old.${name}`,
          metadata: `'${table}_id', old.id, ${names('old')}`,
        },
      ),
    ),
  }
}

const stageChanged = trigger(
  'stage_changed',
  'update of stage_id on lead',
  'old.stage_id is not new.stage_id',
  insertActivity('new', ofLead.links, {
    type: 'stage_changed',
    subject: `'Stage changed from ' || ${nameOf('stage', 'old.stage_id')} || ' to ' || ${nameOf('stage', 'new.stage_id')}`,
    metadata: `'old', old.stage_id, 'new', new.stage_id, 'old_stage', ${nameOf('stage', 'old.stage_id')}, 'new_stage', ${nameOf('stage', 'new.stage_id')}, 'entered_at', old.stage_entered_at, ${ofLead.names('new')}`,
  }),
)

const leadConverted = trigger(
  'lead_converted',
  'update of customer_id on lead',
  'old.customer_id is null and new.customer_id is not null',
  insertActivity('new', ofLead.links, {
    type: 'lead_converted',
    subject: `'Converted to customer ' || ${nameOf('customer', 'new.customer_id')}`,
    metadata: `'old', null, 'new', new.customer_id, 'customer_name', ${nameOf('customer', 'new.customer_id')}, ${ofLead.names('new')}`,
  }),
)

/** SQL that creates the triggers for leads and customers. Their order decides that of the entries of one change. */
export function systemActivityTriggers(): string[] {
  const lead = triggersOf(ofLead)
  const customer = triggersOf(ofCustomer)
  return [
    lead.created,
    stageChanged,
    lead.statusChanged,
    lead.ownerChanged,
    leadConverted,
    lead.updated,
    lead.trashed,
    lead.restored,
    lead.deleted,
    customer.created,
    customer.updated,
    customer.statusChanged,
    customer.ownerChanged,
    customer.trashed,
    customer.restored,
    customer.deleted,
  ]
}
