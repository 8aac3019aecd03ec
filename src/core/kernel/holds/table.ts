/** Why nothing goes out of Rapport at the moment, and where this database is at home. */
import { sql } from 'drizzle-orm'
import { integer, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core'
import { holdReasons } from '../../../contract/kernel/words'
import { emptyObject, id, type Json, seq } from '../database/columns'
import { declare } from '../database/declare'

/** While one is not released, nothing leaves: no e-mail, no webhook, nothing that cannot be taken back. */
export const hold = sqliteTable(
  'hold',
  {
    seq: seq(),
    id: id(),
    reason: text('reason', { enum: holdReasons }).notNull(),
    since: integer('since').notNull(),
    /** JSON: what the person who decides needs to know. */
    detail: text('detail').$type<Json<Record<string, unknown>>>().notNull().default(emptyObject),
    releasedAt: integer('released_at'),
    /** Not a foreign key: the record outlives the user it names. */
    releasedBy: text('released_by'),
  },
  (table) => [uniqueIndex('hold_current').on(table.reason).where(sql`released_at is null`)],
)

/** One row: which database this is, and where it was last at work. */
export const installation = sqliteTable('installation', {
  id: integer('id').primaryKey(),
  /** The same in every backup of it; a copy that was declared one has another. */
  key: text('key').notNull(),
  /** The machine and folder it is used in; null until it is first opened by a host that knows them. */
  machine: text('machine'),
  folder: text('folder'),
  /** 1 for a copy of a database that is in use elsewhere. */
  isCopy: integer('is_copy').notNull().default(0),
  /** Counts what went out, so that an older file in the place of a newer one is noticed. */
  effects: integer('effects').notNull().default(0),
  /** What the clock said when it was last asked and believed. */
  lastSeen: integer('last_seen'),
  /** The exchange of files whose knowledge was last carried over into this database. */
  carriedOver: text('carried_over'),
  /** Automated e-mails due until then may have gone out from a database that nobody can read. */
  askUntil: integer('ask_until'),
})

declare(hold, { local: true })
declare(installation, { local: true })
