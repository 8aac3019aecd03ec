/** What an activity of a file is linked to: columns whose values lead nowhere go into its details, so that nothing is lost. */
import { nameFrom } from '../../../kernel/fields/names'
import type { ActivityValues } from '../fields/activity-fields'
import type { Link } from '../lookups/link'
import type { StoredRow } from '../runs/row-store'
import type { ImportRow, KindContext } from './import-kind'
import { createRowLinks } from './row-links'

type Row = ImportRow<ActivityValues>

export function createActivityLinks(context: KindContext) {
  const { lookups, mapping } = context
  const { refer } = createRowLinks(context)

  /** Numbers and UUIDs are ids of another program, not names to make something of. */
  const isName = (value: string) =>
    /\p{L}/u.test(value) && !/^[0-9a-f]{8}-[0-9a-f]{4}-/i.test(value)

  return function linksOf(row: Row, current?: StoredRow) {
    const { createdBy, createdById } = row.values
    const unresolved: Record<string, string> = {}
    const resolve = (
      field: 'lead' | 'customer' | 'contact' | 'company' | 'user',
      label: string,
      find: (value: string) => Link,
    ): Link =>
      refer(row, current, {
        ...{ field, label, table: field },
        byName(value) {
          const found = find(value)
          if (found && !('left' in found)) return found
          const column = mapping[field]?.[0] ?? mapping[`${field}Id`]?.[0] ?? field
          unresolved[nameFrom(column) || field] = value
          return { left: `names no ${field}: it is kept among the details` }
        },
      })
    const links = {
      lead: resolve('lead', 'Lead', lookups.leadReference),
      customer: resolve('customer', 'Customer', lookups.customerReference),
      contact: resolve('contact', 'Contact', lookups.contactReference),
      company: resolve('company', 'Company', (value) => {
        const found = lookups.companyNamed(value)
        if (found && !('make' in found)) return found
        if (!isName(value) || !context.options.createCompanies) return undefined
        return lookups.companyLink(value)
      }),
      user: resolve('user', 'Person', (value) =>
        isName(value) || lookups.findUser(value) ? lookups.owner(value, 'user') : undefined,
      ),
    }
    return {
      ...links,
      unresolved,
      /** To be asked when the users of the row are there: its author may be one of them. */
      author() {
        const author = lookups.personOf(createdBy, createdById)
        const named = createdBy ?? createdById
        if (named !== undefined && !author)
          unresolved[
            nameFrom((mapping.createdBy ?? mapping.createdById)?.[0] ?? '') || 'created_by'
          ] = named
        return author
      },
    }
  }
}
