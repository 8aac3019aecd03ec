/** Which answers on the screens go stale when rows of a table change: the one table → query map. */
import type { QueryKey } from '@tanstack/react-query'
import type * as z from 'zod'
import type { LiveEvent } from '../../contract/kernel/live-event'

export type ChangedTables = z.infer<typeof LiveEvent>['tables']

/** Show the names of what they are about, and divide by the days of a zone. */
const planned = ['tasks', 'reminders', 'agenda', 'plans']

/**
 * Beginnings of procedure paths, by table. A record's name is on the screens of others (a
 * lead shows its company), so a change reaches further than its own area.
 */
const pathsByTable: Readonly<Record<string, readonly string[]>> = {
  company: [
    'companies',
    'contacts',
    'leads',
    'customers',
    'quotes',
    'activities',
    'pipeline',
    ...planned,
  ],
  contact: ['contacts', 'leads', 'customers', 'quotes', 'activities', 'pipeline', ...planned],
  lead: [
    'leads',
    'pipeline',
    'companies',
    'customers',
    'quotes',
    'activities',
    'users',
    'cadences.analytics',
    'cadences.compare',
    'plans',
    'suggestions',
    ...planned,
  ],
  customer: ['customers', 'leads', 'activities', ...planned],
  quote: ['quotes'],
  activity: [
    'activities',
    'leads',
    'pipeline',
    'companies',
    'contacts',
    'customers',
    'reminders',
    'agenda',
    'suggestions',
    'plans',
    'notifications.list',
  ],
  task: ['tasks', 'reminders', 'agenda', 'leads', 'pipeline', 'suggestions', 'notifications.list'],
  reminder: [
    'reminders',
    'tasks',
    'agenda',
    'leads',
    'pipeline',
    'suggestions',
    'notifications.list',
  ],
  calendar_item: ['calendar.quarantine'],
  calendar_feed: ['calendar.feed'],
  draft: ['drafts'],
  activity_template: ['activities.templates'],
  mail_account: ['mail', 'outbox'],
  template: ['templates'],
  email_message: ['outbox', 'mail', 'holds'],
  hold: ['holds', 'outbox'],
  opt_out: ['optOuts', 'contacts', 'outbox'],
  word: ['activities.types', 'activities.outcomes'],
  pipeline: ['pipeline', 'leads'],
  stage: ['pipeline', 'leads'],
  user: [
    'users',
    'teams',
    'companies',
    'contacts',
    'leads',
    'customers',
    'quotes',
    'pipeline',
    ...planned,
  ],
  team: ['teams', 'users'],
  api_token: ['users.tokens'],
  saved_view: ['settings.views'],
  setting: ['settings', 'outbox', ...planned],
  preference: ['settings.preferences', 'notifications.settings'],
  notification: ['notifications'],
  delivery: ['notifications.deliveries'],
  job: ['jobs', 'database.status'],
  storage: ['database.status'],
  job_run: ['jobs'],
  custom_field: [
    'settings.customFields',
    'templates',
    'companies',
    'contacts',
    'leads',
    'customers',
  ],
  cadence: ['cadences', 'plans'],
  cadence_version: ['cadences', 'plans'],
  plan: ['plans', 'cadences', 'agenda', 'leads', 'pipeline', 'suggestions'],
  plan_step: ['plans', 'cadences', 'agenda'],
  suggestion_answer: ['suggestions'],
  working_hours: ['workingHours', 'cadences.simulate', 'plans.simulate'],
  day_off: ['workingHours', 'cadences.simulate', 'plans.simulate'],
  import_run: ['transfer'],
  import_file: ['transfer'],
  import_mapping: ['transfer'],
  import_rejection: ['transfer'],
  import_record: [],
}
/** Tables whose rows are found by search and are in the trash when deleted. */
const recordTables = new Set([
  'company',
  'contact',
  'lead',
  'customer',
  'quote',
  'task',
  'activity',
  'reminder',
])
/** Procedures that answer one record by its id, and the table it is a row of. */
const tableByGet: Readonly<Record<string, string>> = {
  'companies.get': 'company',
  'contacts.get': 'contact',
  'leads.get': 'lead',
  'customers.get': 'customer',
  'quotes.get': 'quote',
}

/**
 * Whether the answer under this query key (`[path, { input }]`) may have changed. One record's
 * answer stays fresh when its own row is untouched and only rows of the same table changed.
 */
export function goesStale(key: QueryKey, tables: ChangedTables): boolean {
  const path = pathOf(key)
  if (path === undefined) return false
  if (path.startsWith('changes.')) return true
  // Read over all leads, and only suggestions: they age by themselves.
  if (path === 'leads.facets') return false
  return Object.entries(tables).some(([table, ids]) => {
    if (tableByGet[path] === table) return ids === null || ids.includes(idOf(key) ?? '')
    const reached = pathsByTable[table] ?? []
    const beyond = recordTables.has(table) ? [...reached, 'search', 'trash'] : reached
    return beyond.some((start) => path === start || path.startsWith(`${start}.`))
  })
}

function pathOf(key: QueryKey): string | undefined {
  const [path] = key
  return Array.isArray(path) ? path.join('.') : undefined
}

function idOf(key: QueryKey): string | undefined {
  const options = key[1]
  if (typeof options !== 'object' || options === null || !('input' in options)) return undefined
  const { input } = options
  if (typeof input !== 'object' || input === null || !('id' in input)) return undefined
  return typeof input.id === 'string' ? input.id : undefined
}
