/** The links of a row to other records: a column of ids decides where it leads to one, else a column of names. */
import type { Mapping } from '../../../../contract/transfer/import'
import type { Link, ReferredTable } from '../lookups/link'
import type { StoredRow } from '../runs/row-store'
import type { ImportRow, KindContext } from './import-kind'
import { createRefusal, problemOf } from './row-problems'

/** A field that refers to another record by its name, and `<field>Id` by its id. */
interface Reference<Field extends string> {
  field: Field
  label: string
  table: ReferredTable
  /** Another column that names the record where that of the field says nothing. */
  otherwise?: { field: string; name: string | undefined }
  /** What an id leads to, if not simply to a record of the table. */
  byId?(id: string): Link
  /** @param id which the row has beside the name */
  byName(name: string, id: string | undefined): Link
}

type RowWith<Field extends string> = ImportRow<{ [Key in Field | `${Field}Id`]?: string }>

/** Each link is undefined where the row says nothing else than what `current`, the stored record, has. */
export function createRowLinks({ mapping, lookups }: Pick<KindContext, 'mapping' | 'lookups'>) {
  const note = createLinkReader(mapping)
  const refuse = createRefusal(mapping)
  const leftBlank = (noun: string): Link => ({ left: `names no ${noun}: it is left blank` })

  function refer<Field extends string>(
    row: RowWith<Field>,
    current: StoredRow | undefined,
    { field, label, table, otherwise, byId, byName }: Reference<Field>,
  ): Link {
    const id: string | undefined = row.values[`${field}Id`]
    const own: string | undefined = row.values[field]
    const name = own ?? otherwise?.name
    const linked = current?.[`${field}_id`]
    const column =
      name === undefined ? `${field}Id` : own === undefined ? (otherwise?.field ?? field) : field
    if (id !== undefined) {
      if (linked === id) return undefined
      const found = byId ? byId(id) : lookups.identified(table, id)
      if (found) return note(row, column, label, name ?? id, found)
    }
    const value = name ?? id
    if (value === undefined || lookups.isNamed(table, linked, value)) return undefined
    return note(row, column, label, value, byName(value, id))
  }

  return {
    refer,
    note,
    owner: (row: RowWith<'owner'>, current?: StoredRow) =>
      refer(row, current, {
        ...{ field: 'owner', label: 'Owner', table: 'user' },
        byName: (name) => lookups.owner(name),
      }),
    company: (row: RowWith<'company'>, current?: StoredRow) =>
      refer(row, current, {
        ...{ field: 'company', label: 'Company', table: 'company' },
        byName: lookups.companyLink,
      }),
    contact: (row: RowWith<'contact'>, current?: StoredRow) =>
      refer(row, current, {
        ...{ field: 'contact', label: 'Contact', table: 'contact' },
        byName: (name) => lookups.contactReference(name) ?? leftBlank('contact'),
      }),
    customer: (row: RowWith<'customer'>, current?: StoredRow) =>
      refer(row, current, {
        ...{ field: 'customer', label: 'Customer', table: 'customer' },
        byName: (name) => lookups.customerReference(name) ?? leftBlank('customer'),
      }),
    lead: (row: RowWith<'lead'>, current?: StoredRow, otherwise = leftBlank('lead')) =>
      refer(row, current, {
        ...{ field: 'lead', label: 'Lead', table: 'lead' },
        byName: (name) => lookups.leadReference(name) ?? otherwise,
      }),
    /** Open work is given to nobody who has left; a row with our own id comes back as it was. */
    refuseLeaver(
      row: ImportRow<{ id?: string }>,
      person: Link,
      field: string,
      label: string,
      name: string | undefined,
    ) {
      if (row.values.id === undefined && lookups.hasLeft(person))
        refuse(row, field, label, name ?? '', 'was deactivated: choose a user for this name')
    },
  }
}

/** Notes a link of a row; refusals become its problems. */
function createLinkReader(mapping: Mapping) {
  return (
    row: ImportRow<unknown>,
    field: string,
    label: string,
    value: string,
    link: Link,
  ): Link => {
    const problem = (message: string) =>
      problemOf(mapping, field, label, value, `“${value.slice(0, 80)}” ${message}`)
    if (!link) return undefined
    if ('refused' in link) row.problems.push(problem(link.refused))
    else if ('left' in link) row.warnings.push(problem(link.left))
    else if (link.remark) row.warnings.push(problem(link.remark))
    const outcome = 'id' in link ? 'linked' : 'make' in link ? 'created' : 'left'
    row.references.push({ field, label, outcome })
    return 'left' in link ? undefined : link
  }
}
