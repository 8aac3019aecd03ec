/** What users answered to suggestions: it decides what is suggested again, and how high. */
import { index, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core'
import { suggestionKinds } from '../../../contract/outreach/words'
import { task } from '../../agenda/tasks/table'
import { timestamps } from '../../kernel/database/columns'
import { lead } from '../../records/leads/table'
import { user } from '../../records/users/table'

export const suggestionAnswer = sqliteTable(
  'suggestion_answer',
  {
    id: text('id').primaryKey(),
    userId: text('user_id')
      .notNull()
      .references(() => user.id, { onDelete: 'cascade' }),
    leadId: text('lead_id')
      .notNull()
      .references(() => lead.id, { onDelete: 'cascade' }),
    kind: text('kind', { enum: suggestionKinds }).notNull(),
    answer: text('answer', { enum: ['accepted', 'dismissed'] }).notNull(),
    taskId: text('task_id').references(() => task.id, { onDelete: 'set null' }),
    ...timestamps(),
  },
  (table) => [
    index('suggestion_answer_lead').on(table.leadId, table.kind, table.answer),
    index('suggestion_answer_user').on(table.userId, table.kind, table.answer),
    uniqueIndex('suggestion_answer_task').on(table.taskId),
  ],
)
