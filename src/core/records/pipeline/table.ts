/** Pipelines and their stages. */
import { index, integer, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import { stageKinds } from '../../../contract/records/words'
import { timestamps } from '../../kernel/database/columns'

export const pipeline = sqliteTable('pipeline', {
  id: text('id').primaryKey(),
  name: text('name').notNull(),
  isDefault: integer('is_default').notNull().default(0),
  position: integer('position').notNull(),
  ...timestamps(),
})

export const stage = sqliteTable(
  'stage',
  {
    id: text('id').primaryKey(),
    pipelineId: text('pipeline_id')
      .notNull()
      .references(() => pipeline.id, { onDelete: 'cascade' }),
    name: text('name').notNull(),
    color: text('color').notNull(),
    kind: text('kind', { enum: stageKinds }).notNull().default('open'),
    /** Percent. */
    probability: integer('probability').notNull(),
    rottingDays: integer('rotting_days'),
    position: integer('position').notNull(),
    ...timestamps(),
  },
  (table) => [index('stage_pipeline').on(table.pipelineId, table.position)],
)
