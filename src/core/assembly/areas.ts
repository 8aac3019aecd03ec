/** Every area of the CRM on one open database. */
import { realpathSync } from 'node:fs'
import type BetterSqlite3 from 'better-sqlite3'
import { createCalendar } from '../agenda/calendar/calendar'
import { createAgenda } from '../agenda/today/today'
import { createChanges } from '../history/changes/changes'
import { createCarryOver } from '../history/holds/carry-over'
import { createHoldActions } from '../history/holds/holds'
import type { Live } from '../kernel/change-log/live'
import { prepareInstallation } from '../kernel/holds/holds'
import type { Host } from '../kernel/host/host'
import type { Portions } from '../kernel/portions/portions'
import type { Clock } from '../kernel/time/clock'
import { createWatch, type Watch } from '../kernel/watch/watch'
import { createOptOuts } from '../outreach/opt-outs/opt-outs'
import { createSuggestions } from '../outreach/suggestions/suggestions'
import { createPipelines } from '../records/pipeline/pipeline'
import { createQuotes } from '../records/quotes/quotes'
import { createSearch } from '../records/search/search'
import { createUsers } from '../records/users/users'
import { createActivityTemplates } from '../timeline/activities/templates'
import { createDrafts } from '../workspace/drafts/drafts'
import { prepareNewDatabase } from '../workspace/onboarding/onboarding'
import { createAmounts, repairOnOpening } from '../workspace/repair/repair'
import { createSampleData } from '../workspace/sample/sample'
import { createSettings } from '../workspace/settings/settings'
import { createBackgroundAreas } from './background-areas'
import { createHistoryAreas } from './history-areas'
import { createKernel } from './kernel'
import { createRecordAreas } from './record-areas'
import { referredRecords } from './referred'
import { createTransferAreas } from './transfer-areas'
import { createTriggersAndViews, dropTriggersAndViews } from './triggers-and-views'
import { createWorkAreas } from './work-areas'

export type Areas = ReturnType<typeof createAreas>

export interface AreaOptions {
  clock: Clock
  live: Live
  /** The data directory, for files taken in and written. */
  directory: string
  host: Host
  /** Which popups there can be; of both kinds unless given. */
  popups?: { native: boolean; browser: boolean }
  /** Names this machine; null where nobody knows it. */
  machine?: string | null
  /** Whether the file may hold values that no door of this version took. */
  suspicious?: boolean
  /** Hears of faults that nobody waits for. */
  report?: (error: unknown) => void
  /** Of the data directory; a new one unless given. */
  watch?: Watch
  /** What long work is divided by; by time unless given. */
  portions?: Portions | undefined
}

export function createAreas(
  connection: BetterSqlite3.Database,
  {
    clock,
    live,
    directory,
    host,
    popups = { native: true, browser: true },
    machine = null,
    suspicious = true,
    report: reportOther = () => {},
    watch = createWatch({ directory, clock, keepsFile: false }),
    portions,
  }: AreaOptions,
) {
  const { kernel, report } = createKernel(connection, {
    ...{ clock, live, directory, watch, portions, report: reportOther },
    referred: (kind) => referred.get(kind),
  })
  prepareNewDatabase(kernel)
  prepareInstallation(kernel.database)
  kernel.customFields.dropUnused()

  const users = createUsers(kernel)
  repairOnOpening(kernel, users.localActor('system'), {
    suspicious,
    triggers: { drop: dropTriggersAndViews, create: createTriggersAndViews },
    report,
  })
  const optOuts = createOptOuts(kernel)
  const records = createRecordAreas(kernel, { isOptedOut: optOuts.has })
  const { companies, contacts, customers, leads, customFieldArea } = records
  const work = createWorkAreas(kernel, { host, users, optOuts, records, report })
  const { activities, outbox, plans, reminders, tasks, words, workingHours } = work
  outbox.begin()
  const quotes = createQuotes(kernel, { leads, logOnLead: activities.insert })
  const referred = referredRecords({ records, work, users })
  const search = createSearch(kernel, {
    company: companies.scope,
    contact: contacts.scope,
    lead: leads.scope,
    customer: customers.scope,
    quote: quotes.scope,
    task: tasks.scope,
    activity: activities.scope,
  })
  const agenda = createAgenda(kernel, {
    ...{ activities, reminders, tasks, users, search, workingHours },
    owned: { lead: leads, customer: customers, contact: contacts, company: companies },
  })
  const drafts = createDrafts(kernel)
  const shared = { directory, users, records, quotes, work, drafts, report }
  const history = createHistoryAreas(kernel, shared)
  const background = createBackgroundAreas(kernel, { ...shared, host, popups, agenda, history })
  const { notifications, jobs } = background
  const transfer = createTransferAreas(kernel, {
    ...{ ...shared, optOuts, background },
    undo: history.undo,
  })
  kernel.storage.onRecovery(() => {
    jobs.markInterrupted()
    outbox.wake()
    transfer.imports.resumeInterrupted()
  })
  return {
    ...{ kernel, report, live, users, optOuts, companies, contacts, customers, leads, quotes },
    ...{ search, agenda, drafts, customFields: customFieldArea },
    ...work,
    ...history,
    ...background,
    ...transfer,
    calendar: createCalendar(kernel, {
      activities,
      tasks,
      reminders,
      zoneOf: users.zoneOf,
      labelOf: (type) => words.label('activity_type', type),
      isActivityType: (name) => words.exists('activity_type', name),
      isOutcome: (name) => words.exists('outcome', name),
    }),
    templates: createActivityTemplates(kernel, words),
    pipelines: createPipelines(kernel, leads),
    suggestions: createSuggestions(kernel, { tasks, workingHours, labelOf: words.label }),
    changes: createChanges(kernel),
    carryOver: createCarryOver(kernel, {
      access: users.carryOver,
      drafts: drafts.carryOver,
      erasures: history.erasures.carryOver,
      messages: outbox.carryOver,
      optOuts: optOuts.carryOver,
      notifications: notifications.carryOver,
    }),
    holdActions: createHoldActions(kernel, {
      here: () => ({ machine, folder: realpathSync(directory) }),
      pauseCadences: plans.pauseAutomated,
      askAboutWaiting: outbox.askAboutWaiting,
      emails: outbox.undecided,
      released: outbox.wake,
    }),
    settings: createSettings(kernel),
    amounts: createAmounts(kernel),
    sample: createSampleData(kernel, { tasks, reminders, plans }),
  }
}
