/** What a value of a file leads to. */
import type { RowStore } from '../runs/row-store'

/** What a value of the file names: a row, or one that can be made, or nothing. */
export type Link =
  | { id: string; remark?: string | undefined }
  | { make(rows: RowStore): string; remark?: string | undefined }
  /** The row cannot be imported. */
  | { refused: string }
  /** The row is imported without it. */
  | { left: string }
  | undefined

/** What a row may refer to. */
export type ReferredTable = 'company' | 'contact' | 'lead' | 'customer' | 'user'

/** The id a link leads to, made where it must be. */
export function follow(link: Link, rows: RowStore): string | undefined {
  if (!link || 'refused' in link || 'left' in link) return undefined
  return 'id' in link ? link.id : link.make(rows)
}

/** The columns of several links, followed in their order: `company` is in `companyId`. */
export function linkColumns<Field extends string>(
  links: Readonly<Record<Field, Link>>,
  rows: RowStore,
): Record<`${Field}Id`, string | undefined> {
  const columns: Record<string, string | undefined> = {}
  for (const field in links) columns[`${field}Id`] = follow(links[field], rows)
  return columns
}

export const withRemark = (link: Link, remark: string): Link =>
  link && ('id' in link || 'make' in link) ? { ...link, remark } : link
