/** Imports companies: recognised by id, external id, domain, else name. */
import { company } from '../kernel/schema'
import type { CompanyValues } from './fields'
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
import { follow, type Link } from './lookups'
import { nameKey, nameSpellings, tidyName } from './names'
import type { Columns, RowStore, StoredRow } from './row-store'

type Row = ImportRow<CompanyValues>

export function importCompanies(context: KindContext): KindImport<CompanyValues> {
  const { ground, actor, lookups, mapping, state } = context
  const { database } = ground
  const link = createLinkReader(mapping)

  // Recognising ---------------------------------------------------------------------------------

  /** Rows with another external id are other companies. */
  const unnumbered = (values: CompanyValues) => (outerId(values) ? 'and external_id is null' : '')
  const domainOf = ({ domain, website }: CompanyValues) => domain?.domain ?? website?.domain
  const weak = (kind: string, key: string, values: CompanyValues) =>
    token(outerId(values) ? `unnumbered ${kind}` : kind, key)

  function byName(name: string, condition = ''): StoredRow[] {
    let trashed: StoredRow[] = []
    for (const spelling of nameSpellings(name)) {
      const rows = database.all<StoredRow>(
        `select * from company where name = ? collate nocase ${condition}`,
        spelling,
      )
      if (bestOf(rows)?.deleted_at === null) return rows
      if (rows.length > 0) trashed = rows
    }
    return trashed
  }

  function keys({ values }: Row): Key[] {
    const { id, name } = values
    const externalId = outerId(values)
    const domain = domainOf(values)
    const found: Key[] = []
    if (id)
      found.push({
        name: 'id',
        token: token('id', id),
        find: () => database.all('select * from company where id = ?', id),
      })
    if (externalId)
      found.push({
        name: 'externalId',
        token: token('externalId', externalId),
        find: () => database.all(`select * from company where external_id = ?`, externalId),
      })
    if (domain)
      found.push({
        name: 'domain',
        token: weak('domain', domain, values),
        find: () =>
          database.all(`select * from company where domain = ? ${unnumbered(values)}`, domain),
      })
    if (name)
      found.push({
        name: 'name',
        token: weak('name', nameKey(name), values),
        find: () => byName(name, unnumbered(values)),
      })
    return found
  }

  function tokens({ values }: Row): string[] {
    const externalId = outerId(values)
    const domain = domainOf(values)
    const both = (kind: string, key: string) =>
      externalId ? [token(kind, key)] : [token(kind, key), token(`unnumbered ${kind}`, key)]
    return [
      ...(values.id ? [token('id', values.id)] : []),
      ...(externalId ? [token('externalId', externalId)] : []),
      ...(domain ? both('domain', domain) : []),
      ...(values.name ? both('name', nameKey(values.name)) : []),
    ]
  }

  // Links ---------------------------------------------------------------------------------------

  /** A parent may come further down in the file: until then it stands there by its name alone. */
  function parentLink(name: string, rows: RowStore): Link {
    const added = rows.added(token('name', nameKey(name)))
    if (added) return { id: added.id }
    const found = bestOf(byName(name))
    if (found?.deleted_at === null) return { id: found.id }
    if (found) return { refused: 'names a company in the trash: restore it or purge it' }
    if (!context.options.createCompanies) return { refused: 'names no company' }
    return {
      make() {
        const id = rows.newId()
        const key = nameKey(name)
        rows.add(
          {
            id,
            name: tidyName(name),
            ownerId: actor.userId,
            tags: [],
            custom: {},
            createdBy: actor.userId,
          },
          [token('name', key), token('unnumbered name', key)],
        )
        state.stubs.push(id)
        return id
      },
    }
  }

  function linksOf(row: Row, rows: RowStore, current?: StoredRow) {
    const { parent, owner, name } = row.values
    if (parent !== undefined && nameKey(parent) === nameKey(name ?? ''))
      row.problems.push(
        problemOf(mapping, 'parent', 'Parent company', parent, 'must not be the company itself'),
      )
    return {
      parent:
        parent !== undefined && !lookups.isNamed('company', current?.parent_id, parent)
          ? link(row, 'parent', 'Parent company', parent, parentLink(parent, rows))
          : undefined,
      owner:
        owner !== undefined && !lookups.isNamed('user', current?.owner_id, owner)
          ? link(row, 'owner', 'Owner', owner, lookups.owner(owner))
          : undefined,
    }
  }

  /** Whether the company would stand above itself. */
  function isCircle(row: Row, id: string, parentId: string): boolean {
    const above = database.all<{ id: string }>(
      `with recursive above(id) as (
         select ? union select parent_id from company join above on company.id = above.id where parent_id is not null
       ) select id from above`,
      parentId,
    )
    if (!above.some((one) => one.id === id)) return false
    row.problems.push(
      problemOf(
        mapping,
        'parent',
        'Parent company',
        row.values.parent ?? '',
        'must not be the company itself or one below it',
      ),
    )
    return true
  }

  // Making and changing -------------------------------------------------------------------------

  const plain = ({ values }: Row): Columns => ({
    name: values.name,
    domain: domainOf(values),
    website: values.website?.url,
    industry: values.industry,
    employees: values.employees,
    phone: values.phone,
    address: values.address,
    city: values.city,
    country: values.country,
    description: values.description,
    createdAt: values.createdAt,
  })

  function create(row: Row, rows: RowStore): Columns | undefined {
    const { values } = row
    if (!values.name) row.problems.push(problemOf(mapping, 'name', 'Name', '', 'must not be blank'))
    const links = linksOf(row, rows)
    if (row.problems.length > 0) return undefined
    lookups.ensureFields(rows, 'company', values.custom ?? {}, context.newFields)
    return {
      ...plain(row),
      parentId: follow(links.parent, rows),
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
    const links = linksOf(row, rows, current)
    if (row.problems.length > 0) return undefined
    if (links.parent && 'id' in links.parent && isCircle(row, current.id, links.parent.id))
      return undefined
    lookups.ensureFields(rows, 'company', values.custom ?? {}, context.newFields)
    return {
      ...plain(row),
      parentId: follow(links.parent, rows),
      ownerId: follow(links.owner, rows),
      tags: tagsPatch(values.tags, current.tags),
      custom: customPatch(values.custom, current.custom),
      externalId: values.externalId,
    }
  }

  return {
    table: company,
    noun: 'company',
    nouns: 'companies',
    keys,
    tokens,
    refersToItsKind: (values) => values.parent !== undefined,
    create,
    patch,
  }
}
