/** In which file of this folder each procedure of the contract is asked over HTTP. */

/** File → the procedures, or all whose names begin so; the longest beginning decides. */
export const askedIn = {
  records: [
    'activities.createMany',
    'companies',
    'contacts',
    'customers',
    'leads',
    'quotes',
    'search',
    'teams',
    'users',
  ],
  pipeline: [
    'activities',
    'pipeline',
    'leads.convert',
    'leads.facets',
    'leads.moveStage',
    'quotes.accept',
    'quotes.decline',
    'quotes.send',
  ],
  workspace: [
    'agenda',
    'changes',
    'database',
    'jobs',
    'notifications',
    'reminders',
    'settings',
    'tasks',
    'trash',
  ],
  outreach: [
    'cadences',
    'mail',
    'optOuts',
    'outbox',
    'plans',
    'suggestions',
    'templates',
    'workingHours',
  ],
  rare: [
    'amounts',
    'changes.size',
    'drafts',
    'erasures',
    'holds',
    'jobs.resume',
    'jobs.safeStart',
    'jobs.skip',
    'outbox.reschedule',
    'outbox.resolveUnknown',
  ],
} as const satisfies Record<string, readonly string[]>

export type AskedIn = keyof typeof askedIn

/** Restoring is tried where a damaged database is; importing and exporting have tests of their own. */
const elsewhere = [
  'calendar',
  'database.restore',
  'database.startEmpty',
  'settings.sample.load',
  'transfer',
]

const files = [
  ...Object.entries(askedIn).flatMap(([file, names]) =>
    names.map((name) => ({ name, file: file as AskedIn })),
  ),
  ...elsewhere.map((name) => ({ name, file: undefined })),
].sort((one, other) => other.name.length - one.name.length)

/** Undefined where the procedure has tests of its own. @throws where nothing is said of it */
export function fileOf(procedure: string): AskedIn | undefined {
  const found = files.find(({ name }) => procedure === name || procedure.startsWith(`${name}.`))
  if (!found) throw new Error(`Say in e2e/api/asked-in.ts where ${procedure} is asked over HTTP.`)
  return found.file
}
