/** Leads and customers that a file names: those that are there already, and none of others to a rep. */
import { nameKey, tidyName } from '../../format/names'
import type { Link } from './link'
import type { StoredLookups } from './stored'

export function createLeadAndCustomerLookups({
  byAnyId,
  onlyOwn,
  onlyOne,
  reference,
}: StoredLookups) {
  /** By external id or title, if only one has it. A rep reaches its own leads only. */
  function leadReference(value: string): Link {
    const link = reference(`lead-ref\0${value}`, () => {
      const tidy = tidyName(value)
      return (
        byAnyId('lead', tidy) ??
        onlyOne(
          'select id, deleted_at from lead where title_folded = ? and deleted_at is null limit 2',
          [nameKey(tidy)],
        )
      )
    })
    return onlyOwn('lead', link)
  }

  const customerReference = (value: string): Link => {
    const link = reference(`customer-ref\0${value}`, () => {
      const tidy = tidyName(value)
      return (
        byAnyId('customer', tidy) ??
        onlyOne(
          'select id, deleted_at from customer where name_folded = ? and deleted_at is null limit 2',
          [nameKey(tidy)],
        )
      )
    })
    return onlyOwn('customer', link)
  }

  return { leadReference, customerReference }
}
