/** Imports contacts: recognised by id, external id, e-mail address, else name and company. */
import { contactName } from '../contacts/contacts'
import { contact } from '../kernel/schema'
import type { ContactValues } from './fields'
import {
  bestOf,
  createLinkReader,
  customPatch,
  type ImportRow,
  type Key,
  type KindContext,
  type KindImport,
  outerId,
  problemOf,
  tagsPatch,
  token,
} from './import-kind'
import { follow } from './lookups'
import { nameKey, nameSpellings, splitPersonName } from './names'
import type { Columns, RowStore, StoredRow } from './row-store'

type Row = ImportRow<ContactValues>

export function importContacts(context: KindContext): KindImport<ContactValues> {
  const { ground, actor, lookups, mapping } = context
  const { database } = ground
  const link = createLinkReader(mapping)

  /** First and last name, taken from the full name where neither is given. */
  function partsOf({ firstName, lastName, fullName }: ContactValues) {
    if (firstName !== undefined || lastName !== undefined) return { firstName, lastName }
    const { firstName: first, lastName: last } = splitPersonName(fullName ?? '')
    return { firstName: first, lastName: last }
  }
  const nameOf = (values: ContactValues) => contactName({ ...partsOf(values), email: values.email })

  // Recognising ---------------------------------------------------------------------------------

  const unnumbered = (values: ContactValues) => (outerId(values) ? 'and external_id is null' : '')
  const personKey = (values: ContactValues) =>
    token(nameKey(nameOf(values)), nameKey(values.company ?? ''))

  function byName(values: ContactValues): StoredRow[] {
    const companyLink = values.company ? lookups.companyNamed(values.company) : undefined
    if (companyLink && !('id' in companyLink)) return []
    let trashed: StoredRow[] = []
    for (const name of nameSpellings(nameOf(values))) {
      const rows = database.all<StoredRow>(
        `select * from contact where name = ? collate nocase and company_id is ? ${unnumbered(values)}`,
        name,
        companyLink?.id ?? null,
      )
      if (bestOf(rows)?.deleted_at === null) return rows
      if (rows.length > 0) trashed = rows
    }
    return trashed
  }

  function keys({ values }: Row): Key[] {
    const { id, email } = values
    const externalId = outerId(values)
    const weak = (kind: string, key: string) => token(externalId ? `unnumbered ${kind}` : kind, key)
    const found: Key[] = []
    if (id)
      found.push({
        name: 'id',
        token: token('id', id),
        find: () => database.all('select * from contact where id = ?', id),
      })
    if (externalId)
      found.push({
        name: 'externalId',
        token: token('externalId', externalId),
        find: () => database.all(`select * from contact where external_id = ?`, externalId),
      })
    if (email)
      found.push({
        name: 'email',
        token: weak('email', nameKey(email)),
        find: () =>
          database.all(
            `select * from contact where email = ? collate nocase ${unnumbered(values)}`,
            email,
          ),
      })
    if (nameOf(values))
      found.push({
        name: 'name',
        token: weak('name', personKey(values)),
        find: () => byName(values),
      })
    return found
  }

  function tokens({ values }: Row): string[] {
    const externalId = outerId(values)
    const both = (kind: string, key: string) =>
      externalId ? [token(kind, key)] : [token(kind, key), token(`unnumbered ${kind}`, key)]
    return [
      ...(values.id ? [token('id', values.id)] : []),
      ...(externalId ? [token('externalId', externalId)] : []),
      ...(values.email ? both('email', nameKey(values.email)) : []),
      ...both('name', personKey(values)),
    ]
  }

  // Making and changing -------------------------------------------------------------------------

  function linksOf(row: Row, current?: StoredRow) {
    const { company, owner } = row.values
    return {
      company:
        company !== undefined && !lookups.isNamed('company', current?.company_id, company)
          ? link(row, 'company', 'Company', company, lookups.companyLink(company))
          : undefined,
      owner:
        owner !== undefined && !lookups.isNamed('user', current?.owner_id, owner)
          ? link(row, 'owner', 'Owner', owner, lookups.owner(owner))
          : undefined,
    }
  }

  const plain = ({ values }: Row): Columns => ({
    ...partsOf(values),
    email: values.email,
    phone: values.phone,
    mobile: values.mobile,
    jobTitle: values.jobTitle,
    linkedin: values.linkedin,
    timezone: values.timezone,
    description: values.description,
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
        : mapping.owner && lookups.seesAll
          ? null
          : actor.userId,
      tags: values.tags ?? [],
      custom: values.custom ?? {},
      externalId: outerId(values),
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
      ...plain(row),
      name: contactName({
        firstName: firstName ?? (current.first_name as string | null),
        lastName: lastName ?? (current.last_name as string | null),
        email: values.email ?? (current.email as string | null),
      }),
      companyId: follow(links.company, rows),
      ownerId: follow(links.owner, rows),
      tags: tagsPatch(values.tags, current.tags),
      custom: customPatch(values.custom, current.custom),
      externalId: values.externalId,
    }
  }

  return {
    table: contact,
    noun: 'contact',
    nouns: 'contacts',
    keys,
    tokens,
    create,
    patch,
  }
}
