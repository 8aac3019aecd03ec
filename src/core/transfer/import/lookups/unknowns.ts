/** What an import has met that is not in the database yet. */

import type { CustomField } from '../../../../contract/kernel/custom-fields'
import { ownValue } from '../../../../contract/kernel/own-value'

/** Values that name nothing in the database yet → in how many rows. */
export interface Unknowns {
  owners: Record<string, number>
  stages: Record<string, number>
  companies: number
  /** Custom fields that the columns need. */
  fields: { name: string; label: string; type: CustomField['type'] }[]
}

/** Above this many different unknown names only those known are counted on. */
const mostUnknown = 1000

/** Counts a row whose value names nothing. */
export const countUnknown = (record: Record<string, number>, value: string) => {
  const known = ownValue(record, value)
  if (known !== undefined) record[value] = known + 1
  else if (Object.keys(record).length < mostUnknown) record[value] = 1
}
