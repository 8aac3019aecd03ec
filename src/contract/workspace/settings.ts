/** The workspace: its settings, custom fields and saved views. */
import * as z from 'zod'
import { may } from '../kernel/base'
import { editOf } from '../kernel/based-on'
import { Condition } from '../kernel/conditions'
import { CustomField, customFieldTables } from '../kernel/custom-fields'
import { BulkResult, Id, line, Reference } from '../kernel/shapes'
import { Workspace } from '../kernel/workspace'

const tags = ['Settings']
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
      .input(CustomFieldInput.partial({ choices: true, currency: true }))
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
