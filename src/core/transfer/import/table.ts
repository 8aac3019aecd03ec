/** Files taken in, imports of them, and the mappings remembered by header. */
import { index, integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import { importStates } from '../../../contract/transfer/import'
import { importKinds } from '../../../contract/transfer/words'
import { timestamps } from '../../kernel/database/columns'
import { declare } from '../../kernel/database/declare'

export const importFile = sqliteTable('import_file', {
  id: text('id').primaryKey(),
  name: text('name').notNull(),
  bytes: integer('bytes').notNull(),
  /** JSON: encoding, delimiter, header, columns, sample rows. */
  form: text('form').notNull(),
  /** Who took it in: nobody else reads it. Not a foreign key, as for runs. */
  userId: text('user_id'),
  ...timestamps(),
})

export const importRun = sqliteTable(
  'import_run',
  {
    id: text('id').primaryKey(),
    fileId: text('file_id')
      .notNull()
      .references(() => importFile.id),
    kind: text('kind', { enum: importKinds }).notNull(),
    state: text('state', { enum: importStates }).notNull(),
    dryRun: integer('dry_run').notNull(),
    /** JSON. */
    options: text('options').notNull(),
    mapping: text('mapping').notNull(),
    /** JSON: counts, problems, unknown names; written in the transaction of the rows it counts. */
    progress: text('progress').notNull(),
    /** Records of the file that are wholly dealt with: where a resumed run continues. */
    recordsDone: integer('records_done').notNull().default(0),
    batchId: text('batch_id'),
    userId: text('user_id'),
    message: text('message'),
    startedAt: integer('started_at').notNull(),
    finishedAt: integer('finished_at'),
    ...timestamps(),
  },
  (table) => [index('import_run_started').on(table.startedAt)],
)

/** Rows of a file that could not be imported, as they were there. */
export const importRejection = sqliteTable(
  'import_rejection',
  {
    seq: integer('seq').primaryKey(),
    runId: text('run_id')
      .notNull()
      .references(() => importRun.id, { onDelete: 'cascade' }),
    line: integer('line').notNull(),
    /** JSON array of the cells. */
    cells: text('cells').notNull(),
    reason: text('reason').notNull(),
  },
  (table) => [index('import_rejection_run').on(table.runId, table.seq)],
)

/** Records that an import has made or recognised, until it is done: which line of the file each was first. */
export const importRecord = sqliteTable(
  'import_record',
  {
    runId: text('run_id')
      .notNull()
      .references(() => importRun.id, { onDelete: 'cascade' }),
    recordId: text('record_id').notNull(),
    line: integer('line').notNull(),
  },
  (table) => [primaryKey({ columns: [table.runId, table.recordId] })],
)

export const importMapping = sqliteTable('import_mapping', {
  /** Kind and SHA-256 of the header's columns. */
  id: text('id').primaryKey(),
  mapping: text('mapping').notNull(),
  ...timestamps(),
})

for (const table of [importFile, importRun, importRejection, importRecord, importMapping])
  declare(table, { local: true })
