/** Templates and snippets as they are read: rows, and the shape the doors show. */
import type { Template } from '../../../contract/outreach/templates'
import type { Database } from '../../kernel/database/database'
import { type RowOf, toInstant, toReference } from '../../kernel/database/rows'
import { notFound } from '../../kernel/errors'
import type { template } from './table'

export type TemplateRow = RowOf<typeof template> & { author_name: string | null }

export const selectTemplate = `select template.*, user.name as author_name from template
  left join user on user.id = template.created_by`

export function requireTemplate(database: Database, id: string): TemplateRow {
  const row = database.get<TemplateRow>(`${selectTemplate} where template.id = ?`, id)
  if (!row) throw notFound('template')
  return row
}

export const toTemplate = (row: TemplateRow): Template => ({
  id: row.id,
  kind: row.kind,
  name: row.name,
  key: row.key,
  subject: row.subject,
  body: row.body,
  html: row.html,
  createdBy: toReference(row.created_by, row.author_name),
  createdAt: toInstant(row.created_at),
  updatedAt: toInstant(row.updated_at),
})
