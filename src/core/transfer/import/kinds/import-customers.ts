/** Imports customers: recognised by id, external id, else name and company. */

import { dateIn } from '../../../kernel/time/zone'
import { customer } from '../../../records/customers/table'
import type { CustomerValues } from '../fields/customer-fields'
import { linkColumns } from '../lookups/link'
import { ids, keyOfName, type RecordKey, recognisedBy } from '../recognise/recognise'
import type { Columns, RowStore, StoredRow } from '../runs/row-store'
import type { ImportRow, KindContext, KindImport } from './import-kind'
import { createRecordColumns, sameNamed } from './record-columns'
import { createRowLinks } from './row-links'
import { createRefusal } from './row-problems'

type Row = ImportRow<CustomerValues>

const plainFields = ['name', 'status', 'since', 'description', 'createdAt'] as const

export function importCustomers(context: KindContext): KindImport<CustomerValues> {
  const { kernel, mapping, ownIds } = context
  const { workspace } = kernel
  const links = createRowLinks(context)
  const refuse = createRefusal(mapping)
  const columns = createRecordColumns(context, customer, 'customer')

  const keys: readonly RecordKey<CustomerValues>[] = [
    ...ids,
    {
      name: 'name',
      isAtCompany: true,
      of: ({ values }) => keyOfName(values.name),
      where: 'name_folded = ? and deleted_at is null',
    },
  ]

  // Making and changing -------------------------------------------------------------------------

  const linksOf = (row: Row, current?: StoredRow) => ({
    company: links.company(row, current),
    contact: links.contact(row, current),
    owner: links.owner(row, current),
  })

  const plain = ({ values }: Row): Columns => sameNamed(values, plainFields)

  function create(row: Row, rows: RowStore): Columns | undefined {
    const { values } = row
    if (!values.name) refuse(row, 'name', 'Name', '', 'must not be blank')
    const { owner, ...others } = linksOf(row)
    if (row.problems.length > 0) return undefined
    const today = dateIn(values.createdAt ?? rows.now, workspace.timezone())
    return {
      ...plain(row),
      since: values.since ?? (values.id === undefined ? today : null),
      ...linkColumns(others, rows),
      ...columns.ofNew(values, owner, rows),
    }
  }

  function patch(row: Row, current: StoredRow, rows: RowStore): Columns | undefined {
    const { values } = row
    const { owner, ...others } = linksOf(row, current)
    if (row.problems.length > 0) return undefined
    return {
      ...plain(row),
      ...linkColumns(others, rows),
      ...columns.changed(values, owner, current, rows),
    }
  }

  return {
    table: customer,
    noun: 'customer',
    nouns: 'customers',
    // What happened to them is in the file of activities.
    isQuiet: ownIds.isOwnFile,
    ...recognisedBy(context, customer, keys),
    create,
    patch,
  }
}
