/** Imports contacts: recognised by id, external id, e-mail address, else name and company. */
import { contactName } from '../contacts/contacts'
import { readPhone } from '../kernel/phone-numbers'
import { contact } from '../kernel/schema'
import type { ContactValues } from './fields/contact-fields'
import {
  createReferenceReader,
  customPatch,
  type ImportRow,
  type KindContext,
  type KindImport,
  namesOwners,
  problemOf,
  tagsPatch,
} from './import-kind'
import { follow } from './lookups/link'
import { nameKey, splitPersonName } from './names'
import { email, ids, keyOfName, type RecordKey, recognisedBy } from './recognise'
import type { Columns, RowStore, StoredRow } from './row-store'

type Row = ImportRow<ContactValues>

export function importContacts(context: KindContext): KindImport<ContactValues> {
  const { ground, actor, lookups, mapping, ownIds } = context
  const refer = createReferenceReader(context)

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
    const country = ground.workspace.country()
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

  function linksOf(row: Row, current?: StoredRow) {
    const { company, companyId, owner, ownerId } = row.values
    return {
      company: refer(row, {
        ...{ field: 'company', label: 'Company', table: 'company' },
        ...{ id: companyId, name: company, current: current?.company_id },
        byName: (name) => lookups.companyLink(name, companyId),
      }),
      owner: refer(row, {
        ...{ field: 'owner', label: 'Owner', table: 'user' },
        ...{ id: ownerId, name: owner, current: current?.owner_id },
        byName: lookups.owner,
      }),
    }
  }

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
    email: values.email,
    phone: values.phone,
    mobile: values.mobile,
    jobTitle: values.jobTitle,
    linkedin: values.linkedin,
    timezone: values.timezone,
    createdAt: values.createdAt,
  })

  function create(row: Row, rows: RowStore): Columns | undefined {
    const { values } = row
    const name = nameOf(values)
    if (!name)
      row.problems.push(
        problemOf(mapping, 'lastName', 'Last name', '', 'or first name or e-mail is needed'),
      )
    const links = linksOf(row)
    if (row.problems.length > 0) return undefined
    lookups.ensureFields(rows, 'contact', values.custom ?? {}, context.newFields)
    return {
      ...plain(row),
      name,
      companyId: follow(links.company, rows),
      ownerId: links.owner
        ? follow(links.owner, rows)
        : namesOwners(mapping) && lookups.seesAll
          ? null
          : actor.userId,
      tags: values.tags ?? [],
      custom: values.custom ?? {},
      ...ownIds.identityOf(contact, values),
      createdBy: actor.userId,
      createdAt: values.createdAt ?? rows.now,
    }
  }

  function patch(row: Row, current: StoredRow, rows: RowStore): Columns | undefined {
    const { values } = row
    const links = linksOf(row, current)
    if (row.problems.length > 0) return undefined
    lookups.ensureFields(rows, 'contact', values.custom ?? {}, context.newFields)
    const { firstName, lastName } = partsOf(values)
    return {
      ...plain(row, current),
      name: contactName({
        firstName: firstName ?? (current.first_name as string | null),
        lastName: lastName ?? (current.last_name as string | null),
        email: values.email ?? (current.email as string | null),
      }),
      companyId: follow(links.company, rows),
      ownerId: follow(links.owner, rows),
      tags: tagsPatch(values.tags, current.tags),
      custom: customPatch(values.custom, current.custom),
      externalId: ownIds.externalIdOf(values, current),
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
