/** What placeholders stand for: their names, and their values for one lead, contact and user. */

import {
  type CustomField,
  type CustomValue,
  type CustomValues,
  isCustomMoney,
} from '../../../contract/kernel/custom-fields'
import type { FieldDefinitions } from '../../../contract/kernel/fields'
import { moneyFromMinor } from '../../../contract/kernel/money'
import { ownValue } from '../../../contract/kernel/own-value'
import type { Placeholder } from '../../../contract/outreach/templates'
import { companyFields } from '../../../contract/records/company-fields'
import { contactFields } from '../../../contract/records/contact-fields'
import { leadFields } from '../../../contract/records/lead-fields'
import type { Database } from '../../kernel/database/database'
import { snakeCase } from '../../kernel/database/snake-case'
import { Blank, type Scope, withoutMarks } from './liquid'

export interface Subject {
  leadId?: string | null | undefined
  contactId?: string | null | undefined
  /** Who writes. */
  userId: string | null
}

/** Name → label of what may be put into texts, in the order pickers show them. */
const placedFields = (definitions: FieldDefinitions): Readonly<Record<string, string>> =>
  Object.fromEntries(
    Object.entries(definitions).flatMap(([name, { label, placeholder }]) =>
      placeholder ? [[snakeCase(name), placeholder === true ? label : placeholder]] : [],
    ),
  )
const fieldsByGroup = {
  contact: placedFields(contactFields),
  company: placedFields(companyFields),
  lead: placedFields(leadFields),
  user: { name: 'My name', email: 'My e-mail', signature: 'My signature' },
}
const groups = ['contact', 'company', 'lead', 'user'] as const

export function placeholdersOf(
  customFields: CustomField[],
  snippets: { key: string | null; name: string }[],
): Placeholder[] {
  return [
    ...groups.flatMap((group) => [
      ...Object.entries(fieldsByGroup[group]).map(([name, label]) => ({
        path: `${group}.${name}`,
        group,
        label,
      })),
      ...customFields
        .filter((field) => field.table === group)
        .map(({ key, label }) => ({ path: `${group}.custom.${key}`, group, label })),
    ]),
    ...snippets.map(({ key, name }) => ({
      path: `snippets.${key}`,
      group: 'snippets' as const,
      label: name,
    })),
  ]
}

type Row = Record<string, string | number | null>

/** Every placeholder but snippets. A lead gives its contact and company where none are named. */
export function scopeFor(
  database: Database,
  { leadId, contactId, userId }: Subject,
  customFields: CustomField[],
): Scope {
  const one = (sql: string, id: string | number | null | undefined): Row | undefined =>
    id ? database.get<Row>(sql, id) : undefined
  const lead = one(
    `select lead.*, stage.name as stage from lead join stage on stage.id = lead.stage_id where lead.id = ?`,
    leadId,
  )
  if (lead && lead.value_minor !== null) {
    const { amount, currency } = moneyFromMinor(Number(lead.value_minor), String(lead.currency))
    lead.value = `${amount} ${currency}`
  }
  const contact = one('select * from contact where id = ?', contactId ?? lead?.contact_id)
  const rows = {
    lead,
    contact,
    company: one('select * from company where id = ?', lead?.company_id ?? contact?.company_id),
    user: one('select name, email, signature from user where id = ?', userId),
  }
  const scope: Scope = {}
  for (const group of groups) {
    const row = rows[group]
    const values: Scope = {}
    for (const name of Object.keys(fieldsByGroup[group]))
      values[name] = placed(`${group}.${name}`, row?.[name])
    if (group !== 'user') {
      const stored: CustomValues = row ? JSON.parse(String(row.custom)) : {}
      values.custom = Object.fromEntries(
        customFields
          .filter((field) => field.table === group)
          .map((field) => [
            field.key,
            placed(
              `${group}.custom.${field.key}`,
              writtenOut(database, field, ownValue(stored, field.key)),
            ),
          ]),
      )
    }
    scope[group] = values
  }
  return scope
}

/** A custom value as it is read in a message. */
function writtenOut(
  database: Database,
  { type }: CustomField,
  value: CustomValue | undefined,
): unknown {
  if (Array.isArray(value)) return value.join(', ')
  if (isCustomMoney(value)) return `${value.amount} ${value.currency}`
  if (type === 'percent' && typeof value === 'number') return `${value}%`
  return type === 'person' && typeof value === 'string'
    ? database.value<string>('select name from user where id = ?', value)
    : value
}

function placed(path: string, value: unknown) {
  if (typeof value === 'boolean') return value ? 'yes' : 'no'
  const text = value === null || value === undefined ? '' : withoutMarks(String(value))
  return text.trim() === '' ? new Blank(path) : text
}
