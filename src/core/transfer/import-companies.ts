/** Imports companies: recognised by id, external id, domain, else name. */
import type { SqlValue } from '../kernel/database'
import { company } from '../kernel/schema'
import { createAwaited } from './awaited'
import type { CompanyValues } from './fields/company-fields'
import {
  bestOf,
  createReferenceReader,
  customPatch,
  type ImportRow,
  type KindContext,
  type KindImport,
  namesOwners,
  problemOf,
  tagsPatch,
} from './import-kind'
import { follow, type Link } from './lookups/link'
import { nameKey, tidyName } from './names'
import { ids, keyOfName, type RecordKey, recognisedBy, token } from './recognise'
import type { Columns, RowStore, StoredRow } from './row-store'

type Row = ImportRow<CompanyValues>

export function importCompanies(context: KindContext): KindImport<CompanyValues> {
  const { ground, actor, lookups, mapping, state, ownIds } = context
  const { database } = ground
  const refer = createReferenceReader(context)
  const parents = createAwaited(context, {
    noun: 'company',
    table: company,
    column: 'parentId',
    mayLink: (id, to) => !isAbove(id, to),
  })

  // Recognising ---------------------------------------------------------------------------------

  /** What Rapport wrote itself says by a blank that there is none. */
  const domainOf = ({ id, domain, website }: CompanyValues) =>
    domain?.domain ?? (id === undefined ? website?.domain : undefined)

  const keys: readonly RecordKey<CompanyValues>[] = [
    ...ids,
    { name: 'domain', of: ({ values }) => domainOf(values), where: 'domain = ?' },
    {
      name: 'name',
      isWeak: true,
      of: ({ values }) => keyOfName(values.name),
      where: 'name_folded = ?',
    },
  ]

  function byName(
    name: string,
    condition: string,
    parameters: readonly SqlValue[] = [],
  ): StoredRow[] {
    return database.all<StoredRow>(
      `select * from company where name_folded = ? ${condition} limit 50`,
      nameKey(name),
      ...parameters,
    )
  }

  /** Two companies of the same name have different domains. */
  function differs({ values }: Row, stored: StoredRow): string | undefined {
    const domain = domainOf(values)
    return domain && stored.domain && domain !== stored.domain ? 'domain' : undefined
  }

  // Links ---------------------------------------------------------------------------------------

  /** A parent may come further down in the file: until then it stands there by its name alone. */
  function parentLink(name: string, given: string | undefined, rows: RowStore): Link {
    const [added] = [
      ...rows.added(token('externalId', name)),
      ...rows.added(token('name', nameKey(name))),
    ]
    if (added) return { id: added.id }
    const { sql, parameters } = lookups.seen('company')
    const found =
      bestOf(
        database.all<StoredRow>(
          `select * from company where external_id = ? ${sql}`,
          name,
          ...parameters,
        ),
      ) ?? bestOf(byName(name, sql, parameters))
    if (found?.deleted_at === null) return { id: found.id }
    if (found) return { refused: 'names a company in the trash: restore it or purge it' }
    if (lookups.isId('parent', name))
      return { left: 'is the id of no company up to this line: it is left blank' }
    if (!context.options.createCompanies) return { refused: 'names no company' }
    return {
      make() {
        const id = ownIds.keep(company, given) ?? rows.newId()
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
    const { id, parent, parentId, owner, ownerId, name } = row.values
    const isItself =
      parentId === undefined
        ? parent !== undefined && nameKey(parent) === nameKey(name ?? '')
        : parentId === id
    if (isItself)
      row.problems.push(
        problemOf(
          mapping,
          'parent',
          'Parent company',
          parent ?? '',
          'must not be the company itself',
        ),
      )
    return {
      parent: parents.isAwaited(parentId, rows)
        ? undefined
        : refer(row, {
            ...{ field: 'parent', label: 'Parent company', table: 'company' },
            ...{ id: parentId, name: parent, current: current?.parent_id },
            byId: (own) => parents.identified(own, rows),
            byName: (own) => parentLink(own, parentId, rows),
          }),
      owner: refer(row, {
        ...{ field: 'owner', label: 'Owner', table: 'user' },
        ...{ id: ownerId, name: owner, current: current?.owner_id },
        byName: lookups.owner,
      }),
    }
  }

  /** Whether one company is another, or stands above it. */
  const isAbove = (id: string, other: string): boolean =>
    database
      .all<{ id: string }>(
        `with recursive above(id) as (
           select ? union select parent_id from company join above on company.id = above.id where parent_id is not null
         ) select id from above`,
        other,
      )
      .some((one) => one.id === id)

  /** Whether the company would stand above itself. */
  function isCircle(row: Row, id: string, parentId: string): boolean {
    if (!isAbove(id, parentId)) return false
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
        : namesOwners(mapping) && lookups.seesAll
          ? null
          : actor.userId,
      tags: values.tags ?? [],
      custom: values.custom ?? {},
      ...ownIds.identityOf(company, values),
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
      externalId: ownIds.externalIdOf(values, current),
    }
  }

  return {
    table: company,
    noun: 'company',
    nouns: 'companies',
    ...recognisedBy(context, company, keys),
    differs,
    refersToItsKind: ({ parent, parentId }) => parent !== undefined || parentId !== undefined,
    create,
    patch,
    isThere(row, id, rows, isWritten) {
      const { id: own, parent, parentId } = row.values
      parents.arrived(own, id, rows)
      if (!isWritten || parentId === undefined || !parents.isAwaited(parentId, rows)) return
      parents.wait(parentId, parent, id)
      row.references.push({ field: 'parent', label: 'Parent company', outcome: 'linked' })
    },
    finish: (rows) => parents.finish(rows, (name, id) => follow(parentLink(name, id, rows), rows)),
  }
}
