/** What a file may hold for each kind of record: its fields, their types, and the names other programs give them. */
import type * as z from 'zod'
import type { CustomField } from '../../../../contract/kernel/custom-fields'
import { companyFields as company } from '../../../../contract/records/company-fields'
import { contactFields as contact } from '../../../../contract/records/contact-fields'
import { customerFields as customer } from '../../../../contract/records/customer-fields'
import { leadFields as lead } from '../../../../contract/records/lead-fields'
import type { ImportField } from '../../../../contract/transfer/import'
import type { ImportKind } from '../../../../contract/transfer/words'
import { activityFields } from './activity-fields'
import { companyFields } from './company-fields'
import { contactFields } from './contact-fields'
import { customerFields } from './customer-fields'
import type { FieldDefinition } from './field'
import { furtherFields } from './further-fields'
import { leadFields } from './lead-fields'
import { quoteFields } from './quote-fields'
import { taskFields } from './task-fields'
import { userFields } from './user-fields'

/** Table → its fields that are read and stored by their kind alone. */
export const furtherFieldsOf: Readonly<Record<CustomField['table'], readonly FieldDefinition[]>> = {
  company: furtherFields(company, companyFields),
  contact: furtherFields(contact, contactFields),
  lead: furtherFields(lead, leadFields),
  customer: furtherFields(customer, customerFields),
}

export const fieldsByKind: Readonly<Record<ImportKind, readonly FieldDefinition[]>> = {
  companies: [...companyFields, ...furtherFieldsOf.company],
  contacts: [...contactFields, ...furtherFieldsOf.contact],
  leads: [...leadFields, ...furtherFieldsOf.lead],
  activities: activityFields,
  users: userFields,
  customers: [...customerFields, ...furtherFieldsOf.customer],
  quotes: quoteFields,
  tasks: taskFields,
}

/** Kinds whose records have custom fields → their table. */
export const customTables: Partial<Record<ImportKind, CustomField['table']>> = {
  companies: 'company',
  contacts: 'contact',
  leads: 'lead',
  customers: 'customer',
}

/** The key in `custom.<key>`, or undefined for any other field. */
export const customKeyOf = (field: string): string | undefined =>
  /^custom\.([a-z][a-z0-9_]{0,59})$/.exec(field)?.[1]

/** The name in `metadata.<name>`: what of an activity has no field of its own. */
export const metadataKeyOf = (field: string): string | undefined =>
  /^metadata\.(.{1,70})$/.exec(field)?.[1]

function hintFor({ type, choices }: CustomField): string | null {
  if (type === 'choice') return `One of ${choices.join(', ')}.`
  if (type === 'many_choices') return `Some of ${choices.join(', ')}.`
  return type === 'person' ? 'A name or an e-mail address.' : null
}

/** The fields a mapping may name, custom ones included. */
export function listFields(
  kind: ImportKind,
  custom: readonly CustomField[],
): z.infer<typeof ImportField>[] {
  const fields = fieldsByKind[kind].map((field) => ({
    name: field.name,
    label: field.label,
    required: field.required ?? false,
    key: field.key ?? false,
    hint: field.hint ?? null,
  }))
  const table = customTables[kind]
  const ofTable = custom
    .filter((field) => field.table === table)
    .map((field) => ({
      name: `custom.${field.key}`,
      label: field.label,
      required: false,
      key: false,
      hint: hintFor(field),
    }))
  return [...fields, ...ofTable]
}
