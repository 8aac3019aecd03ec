/** Imports companies: recognised by id, external id, domain, else name. */
import { company } from '../../../records/companies/table'
import type { CompanyValues } from '../fields/company-fields'
import { follow } from '../lookups/link'
import { ids, keyOfName, type RecordKey, recognisedBy } from '../recognise/recognise'
import type { Columns, RowStore, StoredRow } from '../runs/row-store'
import { createHierarchy } from './hierarchy'
import type { ImportRow, KindContext, KindImport } from './import-kind'
import { createRecordColumns, sameNamed } from './record-columns'
import { createRowLinks } from './row-links'
import { createRefusal } from './row-problems'

type Row = ImportRow<CompanyValues>

const plainFields = [
  'name',
  'industry',
  'employees',
  'phone',
  'address',
  'city',
  'country',
  'description',
  'createdAt',
] as const

export function importCompanies(context: KindContext): KindImport<CompanyValues> {
  const { actor, mapping } = context
  const { database } = context.kernel
  const links = createRowLinks(context)
  const refuse = createRefusal(mapping)
  const columns = createRecordColumns(context, company, 'company')

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

  const recognition = recognisedBy(context, company, keys)

  /** Two companies of the same name have different domains. */
  function differs({ values }: Row, stored: StoredRow): string | undefined {
    const domain = domainOf(values)
    return domain && stored.domain && domain !== stored.domain ? 'domain' : undefined
  }

  // Parents -------------------------------------------------------------------------------------

  const parents = createHierarchy(context, recognition, {
    ...{ noun: 'company', table: company, field: 'parent', label: 'Parent company' },
    words: {
      itself: 'must not be the company itself',
      trashed: 'names a company in the trash: restore it or purge it',
    },
    mayMake: context.options.createCompanies,
    mayLink: (id, to) => !isAbove(id, to),
    stub: { ownerId: actor.userId, tags: [], custom: {}, createdBy: actor.userId },
  })

  /** Whether one company is another, or above it. */
  const isAbove = (id: string, other: string): boolean =>
    database
      .all<{ id: string }>(
        `with recursive above(id) as (
           select ? union select parent_id from company join above on company.id = above.id where parent_id is not null
         ) select id from above`,
        other,
      )
      .some((one) => one.id === id)

  /** Whether the company would be above itself. */
  function isCircle(row: Row, id: string, parentId: string): boolean {
    if (!isAbove(id, parentId)) return false
    refuse(
      row,
      'parent',
      'Parent company',
      row.values.parent ?? '',
      'must not be the company itself or one below it',
    )
    return true
  }

  // Making and changing -------------------------------------------------------------------------

  const plain = ({ values }: Row): Columns => ({
    domain: domainOf(values),
    website: values.website?.url,
    ...sameNamed(values, plainFields),
  })

  function create(row: Row, rows: RowStore): Columns | undefined {
    const { values } = row
    if (!values.name) refuse(row, 'name', 'Name', '', 'must not be blank')
    const parent = parents.linkOf(row, rows)
    const owner = links.owner(row)
    if (row.problems.length > 0) return undefined
    return {
      ...plain(row),
      parentId: follow(parent, rows),
      ...columns.ofNew(values, owner, rows),
    }
  }

  function patch(row: Row, current: StoredRow, rows: RowStore): Columns | undefined {
    const { values } = row
    const parent = parents.linkOf(row, rows, current)
    const owner = links.owner(row, current)
    if (row.problems.length > 0) return undefined
    if (parent && 'id' in parent && isCircle(row, current.id, parent.id)) return undefined
    return {
      ...plain(row),
      parentId: follow(parent, rows),
      ...columns.changed(values, owner, current, rows),
    }
  }

  return {
    table: company,
    noun: 'company',
    nouns: 'companies',
    ...recognition,
    differs,
    create,
    patch,
    ...parents.steps,
  }
}
