/** The workspace: its settings, custom fields, saved views, trash, backups, and the state of the database. */
import * as z from 'zod'
import { may } from '../kernel/base'
import { editOf } from '../kernel/based-on'
import { BulkResult, Condition, Currency, Id, Instant, line, Reference } from '../kernel/shapes'
import { customFieldTypes, trashKinds } from '../kernel/words'
import { Zone } from '../kernel/zones'

const tags = ['Settings']
export const Workspace = z.object({
  name: line(120),
  currency: Currency,
  /** IANA zone in which days begin and end for statistics and signals. */
  timezone: Zone,
  /** Whether the first-run screen has been answered. */
  onboarded: z.boolean(),
  /** Whether reps see all companies and contacts, or only those they have to do with. */
  repsSeeAllContacts: z.boolean(),
  trashDays: z.number().int().min(1).max(3650),
  backupsKept: z.number().int().min(1).max(365),
  /** How many days read notifications stay. */
  notificationDays: z.number().int().min(1).max(3650),
  /** How many days it is kept what went out by which way. */
  deliveryDays: z.number().int().min(1).max(3650),
  /** How many days the runs of jobs are kept. */
  jobRunDays: z.number().int().min(1).max(3650),
  /** How many days entries of the change log are kept; null: for ever. */
  logDays: z.number().int().min(90).max(36_500).nullable(),
})
export type Workspace = z.infer<typeof Workspace>

export const customFieldTables = ['company', 'contact', 'lead', 'customer'] as const
export const CustomField = z.object({
  id: Id,
  table: z.enum(customFieldTables),
  key: z.string().regex(/^[a-z][a-z0-9_]{0,59}$/, 'must be a lower-case name with underscores'),
  label: line(80),
  type: z.enum(customFieldTypes),
  choices: z.array(line(120)).max(200),
  position: z.number().int(),
})
export type CustomField = z.infer<typeof CustomField>
const CustomFieldInput = CustomField.omit({ id: true, position: true, key: true })

export const SavedView = z.object({
  id: Id,
  /** The list or board it belongs to, e.g. leads. */
  list: z.string().max(40),
  name: line(80),
  shared: z.boolean(),
  owner: Reference.nullable(),
  state: z.object({
    q: z.string().optional(),
    filter: Condition.optional(),
    sort: z.string().optional(),
    columns: z.array(z.string()).optional(),
    /** Filters of the screen that are not conditions, e.g. the board's. */
    extra: z.record(z.string(), z.unknown()).optional(),
  }),
})
export type SavedView = z.infer<typeof SavedView>
const SavedViewInput = SavedView.omit({ id: true, owner: true })

export const Backup = z.object({
  name: z.string(),
  at: Instant,
  bytes: z.number().int(),
  reason: z.enum(['daily', 'migration', 'restore', 'manual']),
  verified: z.boolean(),
})
export type Backup = z.infer<typeof Backup>

export const DatabaseStatus = z.object({
  /** `damaged`: nothing but restoring works until a good file is back in place. */
  state: z.enum(['ready', 'damaged']),
  message: z.string().nullable(),
  /** Null for whoever may not administer: where on the machine it lies. */
  file: z.string().nullable(),
  bytes: z.number().int(),
  version: z.number().int(),
  sqlite: z.string(),
  quarantined: z.array(z.string()),
  /** How far the change feed is: the same as before while nothing changed. */
  feedPosition: z.string(),
  /** Whether the disk takes what is written now. */
  storage: z.enum(['ok', 'full', 'read_only']),
  /** The last restart of the database within a quarter of an hour; `GET /jobs/safe-start` says more. */
  restartedAt: Instant.nullable(),
  /** Since when jobs are paused because the database had to be restarted twice. */
  jobsPausedSince: Instant.nullable(),
})
export type DatabaseStatus = z.infer<typeof DatabaseStatus>

export const TrashItem = z.object({
  kind: z.enum(trashKinds),
  id: Id,
  name: z.string(),
  deletedAt: Instant,
  deletedBy: Reference.nullable(),
  /** When it is purged for good. */
  purgeAt: Instant,
})
export type TrashItem = z.infer<typeof TrashItem>
const TrashTarget = z.object({
  items: z
    .array(z.object({ kind: z.enum(trashKinds), id: Id }))
    .min(1)
    .max(1000),
})

export const settings = {
  workspace: may('read').route({ method: 'GET', path: '/settings', tags }).output(Workspace),
  updateWorkspace: may('configure')
    .route({ method: 'PATCH', path: '/settings', tags })
    .input(editOf(Workspace.partial()))
    .output(Workspace),
  /** The caller's own screen settings by key (theme, columns …). */
  preferences: may('read')
    .route({ method: 'GET', path: '/settings/preferences', tags })
    .output(z.record(z.string(), z.unknown())),
  setPreference: may('read')
    .route({ method: 'PUT', path: '/settings/preferences/{key}', tags })
    .input(z.object({ key: z.string().regex(/^[a-zA-Z0-9_.-]{1,80}$/), value: z.unknown() }))
    .output(z.object({ key: z.string() })),
  customFields: {
    list: may('read')
      .route({ method: 'GET', path: '/settings/custom-fields', tags })
      .input(z.object({ table: z.enum(customFieldTables).optional() }))
      .output(z.array(CustomField)),
    create: may('configure')
      .route({ method: 'POST', path: '/settings/custom-fields', tags, successStatus: 201 })
      .input(CustomFieldInput.partial({ choices: true }))
      .output(CustomField),
    update: may('configure')
      .route({ method: 'PATCH', path: '/settings/custom-fields/{id}', tags })
      .input(editOf(CustomFieldInput.omit({ table: true }).partial().extend({ id: Id })))
      .output(CustomField),
    remove: may('configure')
      .route({ method: 'DELETE', path: '/settings/custom-fields/{id}', tags })
      .input(z.object({ id: Id }))
      .output(z.object({ id: Id })),
  },
  views: {
    list: may('read')
      .route({ method: 'GET', path: '/views', tags })
      .input(z.object({ list: z.string().max(40).optional() }))
      .output(z.array(SavedView)),
    create: may('write')
      .route({ method: 'POST', path: '/views', tags, successStatus: 201 })
      .input(SavedViewInput)
      .output(SavedView),
    update: may('write')
      .route({ method: 'PATCH', path: '/views/{id}', tags })
      .input(editOf(SavedViewInput.partial().extend({ id: Id })))
      .output(SavedView),
    remove: may('write')
      .route({ method: 'DELETE', path: '/views/{id}', tags })
      .input(z.object({ id: Id }))
      .output(z.object({ id: Id })),
  },
  sample: {
    /** Fills an empty database with sample companies, contacts, leads and activities. */
    load: may('configure')
      .route({ method: 'POST', path: '/settings/sample-data', tags })
      .input(z.object({}))
      .output(BulkResult),
  },
}

export const trash = {
  list: may('read')
    .route({ method: 'GET', path: '/trash', tags: ['Trash'] })
    .input(
      z.object({
        kind: z.enum(trashKinds).optional(),
        q: z.string().max(200).optional(),
        limit: z.coerce.number().int().min(1).max(500).default(50),
        cursor: z.string().max(200).optional(),
      }),
    )
    .output(
      z.object({
        items: z.array(TrashItem),
        nextCursor: z.string().nullable(),
        total: z.number().int(),
      }),
    ),
  restore: may('write')
    .route({ method: 'POST', path: '/trash/restore', tags: ['Trash'] })
    .input(TrashTarget)
    .output(BulkResult),
  /** Deletes for good, before the days of grace are over. Cannot be undone. */
  purge: may('administer')
    .route({ method: 'POST', path: '/trash/purge', tags: ['Trash'] })
    .input(TrashTarget)
    .output(
      BulkResult.extend({
        /** Copies of the database that still hold people among them. */
        backups: z.array(Backup),
        quarantined: z.array(z.string()),
      }),
    ),
}

export const database = {
  status: may('open')
    .route({ method: 'GET', path: '/database', tags: ['Database'] })
    .output(DatabaseStatus),
  backups: may('open')
    .route({ method: 'GET', path: '/database/backups', tags: ['Database'] })
    .output(z.array(Backup)),
  backUp: may('administer')
    .route({ method: 'POST', path: '/database/backups', tags: ['Database'], successStatus: 201 })
    .input(z.object({}))
    .output(Backup),
  /** Puts a backup in place of the database; what was there is kept beside it. */
  restore: may('administer')
    .route({ method: 'POST', path: '/database/backups/{name}/restore', tags: ['Database'] })
    .input(z.object({ name: z.string().max(200) }))
    .output(DatabaseStatus),
  /** After a damage: goes on with an empty database. What was set aside and the backups stay. */
  startEmpty: may('administer')
    .route({ method: 'POST', path: '/database/start-empty', tags: ['Database'] })
    .input(z.object({}))
    .output(DatabaseStatus),
}
