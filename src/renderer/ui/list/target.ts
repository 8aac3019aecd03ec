/** The ids of the rows a bulk action is for, where the core takes ids alone. */
import type { Condition } from '../../../contract/kernel/conditions'
import type { BulkTarget } from './definition'

export interface AskedPage {
  q?: string | undefined
  filter?: Condition | undefined
  limit: number
  cursor: string | undefined
}

const pageSize = 500

/** @param most stops reading pages once so many rows are known */
export async function idsOfTarget(
  target: BulkTarget,
  pageOf: (asked: AskedPage) => Promise<{ items: { id: string }[]; nextCursor: string | null }>,
  most = 10_000,
): Promise<string[]> {
  if ('ids' in target) return target.ids
  const ids: string[] = []
  let cursor: string | undefined
  do {
    const page = await pageOf({ ...target.where, limit: pageSize, cursor })
    ids.push(...page.items.map(({ id }) => id))
    cursor = page.nextCursor ?? undefined
  } while (cursor && ids.length < most)
  return ids
}
