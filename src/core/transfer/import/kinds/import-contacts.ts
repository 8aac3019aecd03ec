/** Imports contacts: recognised by id, external id, e-mail address, else name and company. */

import { readPhone } from '../../../kernel/fields/phone-numbers'
import { contactName } from '../../../records/contacts/contacts'
import { contact } from '../../../records/contacts/table'
import { nameKey } from '../../format/names'
import type { ContactValues } from '../fields/contact-fields'
import { follow } from '../lookups/link'
import { email, ids, keyOfName, type RecordKey, recognisedBy } from '../recognise/recognise'
import type { Columns, RowStore, StoredRow } from '../runs/row-store'
import { splitPersonName } from '../values/name-words'
import type { ImportRow, KindContext, KindImport } from './import-kind'
import { createRecordColumns, sameNamed } from './record-columns'
import { createRowLinks } from './row-links'
import { createRefusal } from './row-problems'

type Row = ImportRow<ContactValues>

const plainFields = [
  'email',
  'phone',
  'mobile',
  'jobTitle',
  'linkedin',
  'timezone',
  'createdAt',
] as const

export function importContacts(context: KindContext): KindImport<ContactValues> {
  const { kernel, mapping } = context
  const links = createRowLinks(context)
  const refuse = createRefusal(mapping)
  const columns = createRecordColumns(context, contact, 'contact')

  /** First and last name, taken from the full name where neither is given. */
  function partsOf({ firstName, lastName, fullName }: ContactValues) {
    if (firstName !== undefined || lastName !== undefined) return { firstName, lastName }
    const { firstName: first, lastName: last } = splitPersonName(fullName ?? '')
    return { firstName: first, lastName: last }
  }
  const nameOf = (values: ContactValues) => contactName({ ...partsOf(values), email: values.email })

  // Recognising ---------------------------------------------------------------------------------

  const keys: readonly RecordKey<ContactValues>[] = [
    ...ids,
    email,
    {
      name: 'name',
      isWeak: true,
      isAtCompany: true,
      of: ({ values }) => keyOfName(nameOf(values)),
      where: 'name_folded = ?',
    },
  ]

  /** Two people of the same name have different addresses, or not one number in common. */
  function differs({ values }: Row, stored: StoredRow): string | undefined {
    const { email, linkedin } = values
    if (email && stored.email && nameKey(email) !== nameKey(String(stored.email))) return 'e-mail'
    const country = kernel.workspace.country()
    const read = (numbers: unknown[]) =>
      numbers
        .map((number) => String(number ?? ''))
        .map((text) => readPhone(text, country) ?? text.replace(/\D/g, ''))
        .filter((one) => one !== '')
    const given = read([values.phone, values.mobile])
    const known = read([stored.phone, stored.mobile])
    if (given.length > 0 && known.length > 0 && !given.some((one) => known.includes(one)))
      return 'phone'
    return linkedin && stored.linkedin && linkedin !== stored.linkedin ? 'LinkedIn page' : undefined
  }

  // Making and changing -------------------------------------------------------------------------

  /** What the file says, else what is there, and below it the addresses and numbers that are not the main ones. */
  function descriptionOf(row: Row, current?: StoredRow): string | undefined {
    const { description, others = [] } = row.values
    const [first] = others
    if (!first) return description
    const names = new Intl.ListFormat('en-GB').format(others.map(({ value }) => value))
    row.warnings.push({
      column: first.column,
      value: first.value,
      message: `${names} ${others.length === 1 ? 'is' : 'are'} kept in the description`,
    })
    const before = description ?? (current?.description as string | null | undefined) ?? ''
    const known = new Set(before.split('\n'))
    const lines = others
      .map(({ label, value }) => `${label}: ${value}`)
      .filter((line) => !known.has(line))
    return [...(before === '' ? [] : [before]), ...lines].join('\n').slice(0, 100_000)
  }

  const plain = (row: Row, current?: StoredRow): Columns => ({
    ...plainOf(row),
    description: descriptionOf(row, current),
  })
  const plainOf = ({ values }: Row): Columns => ({
    ...partsOf(values),
    ...sameNamed(values, plainFields),
  })

  function create(row: Row, rows: RowStore): Columns | undefined {
    const { values } = row
    const name = nameOf(values)
    if (!name) refuse(row, 'lastName', 'Last name', '', 'or first name or e-mail is needed')
    const company = links.company(row)
    const owner = links.owner(row)
    if (row.problems.length > 0) return undefined
    return {
      ...plain(row),
      name,
      companyId: follow(company, rows),
      ...columns.ofNew(values, owner, rows),
    }
  }

  function patch(row: Row, current: StoredRow, rows: RowStore): Columns | undefined {
    const { values } = row
    const company = links.company(row, current)
    const owner = links.owner(row, current)
    if (row.problems.length > 0) return undefined
    const { firstName, lastName } = partsOf(values)
    return {
      ...plain(row, current),
      name: contactName({
        firstName: firstName ?? (current.first_name as string | null),
        lastName: lastName ?? (current.last_name as string | null),
        email: values.email ?? (current.email as string | null),
      }),
      companyId: follow(company, rows),
      ...columns.changed(values, owner, current, rows),
    }
  }

  return {
    table: contact,
    noun: 'contact',
    nouns: 'contacts',
    ...recognisedBy(context, contact, keys),
    differs,
    create,
    patch,
  }
}
