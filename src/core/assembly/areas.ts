/** Every area of the CRM on one open database. */
import { realpathSync } from 'node:fs'
import type BetterSqlite3 from 'better-sqlite3'
import { createCalendar, readCalendar } from '../agenda/calendar/calendar'
import { addRemindersBefore, createReminders } from '../agenda/reminders/reminders'
import { createTasks } from '../agenda/tasks/tasks'
import { createAgenda } from '../agenda/today/today'
import { createWorkingHours } from '../agenda/working-hours/working-hours'
import { createJobs } from '../background/jobs/jobs'
import { createNotifications } from '../background/notifications/notifications'
import { createChanges, createLogRetention } from '../history/changes/changes'
import { createErasures } from '../history/erasures/erasures'
import { createCarryOver } from '../history/holds/carry-over'
import { createHoldActions } from '../history/holds/holds'
import { createBackedUp } from '../history/trash/backed-up'
import { createTrash } from '../history/trash/trash'
import { createUndo } from '../history/undo/undo'
import type { Actor } from '../kernel/actor'
import type { Live } from '../kernel/change-log/live'
import { createDatabase } from '../kernel/database/database'
import { addTextFunctions } from '../kernel/database/sql-functions'
import { createReporting, createStorage } from '../kernel/database/storage'
import { createLister } from '../kernel/fields/list'
import { createReach, type Referred } from '../kernel/fields/reach'
import { createHolds, prepareInstallation } from '../kernel/holds/holds'
import type { Host } from '../kernel/host/host'
import { createSecrets } from '../kernel/host/secrets'
import type { Kernel } from '../kernel/kernel'
import { createReactions } from '../kernel/reactions/after'
import { createReacting } from '../kernel/reactions/within'
import { createRightsJudge } from '../kernel/records/write-rights'
import type { Clock } from '../kernel/time/clock'
import { addClockFunction } from '../kernel/time/past'
import { addDayFunction } from '../kernel/time/whole-days'
import { createWatch, type Watch } from '../kernel/watch/watch'
import { createWorkspace } from '../kernel/workspace/workspace'
import { createMail } from '../outreach/accounts/accounts'
import { createAccountMailer } from '../outreach/accounts/mailer'
import { createCadences } from '../outreach/cadences/cadences'
import { createOutbox, type Outbox } from '../outreach/messages/messages'
import { createOptOuts } from '../outreach/opt-outs/opt-outs'
import { createPlans, type Plans } from '../outreach/plans/plans'
import { createSuggestions } from '../outreach/suggestions/suggestions'
import { createTemplates, type Templates } from '../outreach/templates/templates'
import { createCompanies } from '../records/companies/companies'
import { createContacts } from '../records/contacts/contacts'
import { createCustomFieldArea } from '../records/custom-fields/custom-fields'
import { createCustomFieldRegistry } from '../records/custom-fields/registry'
import { createCustomers } from '../records/customers/customers'
import { createLeads } from '../records/leads/leads'
import { createPhones } from '../records/phones/phones'
import { createPipelines } from '../records/pipeline/pipeline'
import { createQuotes } from '../records/quotes/quotes'
import { createSearch } from '../records/search/search'
import { createUsers } from '../records/users/users'
import { createActivities } from '../timeline/activities/activities'
import { createActivityTemplates } from '../timeline/activities/templates'
import { createWords } from '../timeline/activities/words'
import { createExports } from '../transfer/export/export'
import { createImports } from '../transfer/import/import'
import { createDrafts } from '../workspace/drafts/drafts'
import { prepareNewDatabase } from '../workspace/onboarding/onboarding'
import { createAmounts, repairOnOpening } from '../workspace/repair/repair'
import { createSampleData } from '../workspace/sample/sample'
import { createSettings } from '../workspace/settings/settings'
import { after, within } from './reactions'
import { schema } from './schema'
import { createTriggersAndViews, dropTriggersAndViews } from './triggers-and-views'
import { writeRights } from './write-rights'

export type Areas = ReturnType<typeof createAreas>

export interface AreaOptions {
  clock: Clock
  live: Live
  /** The data directory, for files taken in and given out. */
  directory: string
  host: Host
  /** Which popups there can be; of both kinds unless told. */
  popups?: { native: boolean; browser: boolean }
  /** Names this machine; null where nobody knows it. */
  machine?: string | null
  /** Whether the file may hold values that no door of this version took. */
  suspicious?: boolean
  /** Hears of faults that nobody waits for. */
  report?: (error: unknown) => void
  /** Of the data directory; a new one unless told. */
  watch?: Watch
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
  }: AreaOptions,
) {
  const storage = createStorage({
    directory,
    write: () =>
      void database.transaction(() =>
        database.prepare('update session set quiet = quiet where id = 1').run(),
      ),
    announce: () => database.announce(null, { storage: null }),
  })
  const database = createDatabase(connection, {
    schema,
    clock,
    live,
    reacting: (opened) => createReacting(opened, within),
    heartbeat: watch.heartbeat,
    explain: storage.explain,
  })
  const report = createReporting(storage, reportOther)
  const workspace = createWorkspace(database)
  addDayFunction(connection, workspace.timezone)
  addClockFunction(connection, clock)
  addTextFunctions(connection)
  const customFields = createCustomFieldRegistry(database)
  const reach = createReach((kind) => referred.get(kind), customFields.conditionField)
  const kernel: Kernel = {
    database,
    clock,
    live,
    workspace,
    storage,
    holds: createHolds(database, directory),
    lister: createLister(database, { workspace, clock, reach, customSort: customFields.sort }),
    customFields,
    watch,
  }
  prepareNewDatabase(kernel)
  prepareInstallation(database)
  customFields.dropUnused()

  const users = createUsers(kernel)
  repairOnOpening(kernel, users.localActor('system'), {
    suspicious,
    triggers: { drop: dropTriggersAndViews, create: createTriggersAndViews },
    report,
  })
  const customers = createCustomers(kernel)
  const leads = createLeads(kernel, { customers })
  const words = createWords(kernel)
  const optOuts = createOptOuts(kernel)
  const workingHours = createWorkingHours(kernel, { readCalendar })
  const cadences = createCadences(kernel, {
    words,
    faultOfText: (text) => messageTemplates.faultOfText(text),
    movePlans: (writer, version) => plans.movePlans(writer, version),
  })
  const activities = createActivities(kernel, {
    words,
    addReminders: (writer, { activityId, userId, minutes }) =>
      addRemindersBefore(writer, database, { subject: { activityId }, userId, minutes }),
    heard: {
      logged: (writer, id, choice) => plans.logged(writer, id, choice),
      outcomeTold: (writer, id, told) => plans.outcomeTold(writer, id, told),
    },
  })
  const plans: Plans = createPlans(kernel, {
    cadences,
    workingHours,
    leads,
    words,
    record: activities.record,
    render: (texts, about) => messageTemplates.renderTexts(texts, about),
    emails: {
      isReady: (userId) => outbox.isReady(userId),
      isOptedOut: (address) => optOuts.has(address),
      enqueue: (writer, email) => outbox.enqueue(writer, email),
      withdraw: (writer, planStepId, reason) => outbox.withdraw(writer, planStepId, reason),
    },
  })
  const tasks = createTasks(kernel, { users })
  const reminders = createReminders(kernel, {
    users,
    subjects: { activity: activities.isThere, task: tasks.isThere },
    planSteps: plans,
  })
  const companies = createCompanies(kernel)
  const contacts = createContacts(kernel, { isOptedOut: optOuts.has })
  const quotes = createQuotes(kernel, { leads, logOnLead: activities.insert })
  const referred = new Map<string, Referred>([
    ['company', { ...companies, shownBy: 'name' }],
    ['contact', { ...contacts, shownBy: 'name' }],
    ['customer', { ...customers, shownBy: 'name' }],
    ['lead', { ...leads, shownBy: 'title' }],
    ['task', { ...tasks, shownBy: 'title' }],
    ['activity', { ...activities, shownBy: 'subject' }],
    ['user', { ...users, shownBy: 'name' }],
    ['team', { ...users.teams, shownBy: 'name' }],
  ])
  const search = createSearch(kernel, {
    company: companies.scope,
    contact: contacts.scope,
    lead: leads.scope,
    customer: customers.scope,
    quote: quotes.scope,
    task: tasks.scope,
    activity: activities.scope,
  })
  const settings = createSettings(kernel)
  const customFieldArea = createCustomFieldArea(kernel)
  const undo = createUndo(kernel, {
    rights: createRightsJudge(
      database,
      writeRights({
        activity: activities.ownScope,
        company: companies.scope,
        contact: contacts.scope,
        customer: customers.scope,
        lead: leads.scope,
        plan: plans.scope,
        quote: quotes.scope,
        reminder: reminders.scope,
        task: tasks.scope,
      }),
    ),
    checkTaken: (tables) => {
      if (tables.has('user')) users.keepAnAdmin()
    },
  })
  const mail = createMail(kernel, { secrets: createSecrets(host.secrets) })
  const drafts = createDrafts(kernel)
  const erasures = createErasures(kernel, {
    directory,
    forgetDrafts: drafts.forget,
    systemActor: () => users.localActor('system'),
    report,
  })
  const phones = createPhones(kernel, { systemActor: () => users.localActor('system'), report })
  const logRetention = createLogRetention(kernel, { directory, report })
  const trash = createTrash(kernel, {
    forgetDrafts: drafts.forget,
    erasures,
    ownScopes: {
      company: companies.ownScope,
      contact: contacts.ownScope,
      lead: leads.ownScope,
      customer: customers.ownScope,
      quote: quotes.ownScope,
      task: tasks.ownScope,
      activity: activities.ownScope,
      reminder: reminders.ownScope,
    },
    backedUp: createBackedUp(kernel, directory),
  })
  const agenda = createAgenda(kernel, {
    ...{ activities, reminders, tasks, users, search, workingHours },
    owned: { lead: leads, customer: customers, contact: contacts, company: companies },
  })
  const notifications = createNotifications(kernel, {
    host,
    mailer: createAccountMailer(mail),
    popups,
    act: (actor, target, action) => void agenda.act(actor, { targets: [target], action }),
    report,
  })
  const jobs = createJobs(kernel, {
    notifications,
    reactions: createReactions(kernel, { after: after({ notifications }), report }),
    host,
    countsOf: (userId) => agenda.counts({ ...users.localActor('system'), userId }, userId),
    planSteps: () => {
      const planned = plans.planDue(users.localActor('system'))
      return planned > 0 ? `Went on with ${planned} ${planned === 1 ? 'plan' : 'plans'}.` : null
    },
    purge: () => {
      if (kernel.holds.isHeld('clock')) return null
      const purged = trash.purgeExpired(users.localActor('system'))
      drafts.cleanUp()
      const words = [
        purged > 0 ? `Emptied the trash of ${purged} old records.` : null,
        logRetention.begin(),
      ]
      return words.filter((one) => one !== null).join(' ') || null
    },
    systemActor: () => users.localActor('system'),
    report,
  })
  const requireVisible = (
    actor: Actor,
    { leadId, contactId }: { leadId?: string | undefined; contactId?: string | undefined },
  ) => {
    if (leadId) leads.requireRow(actor, leadId)
    if (contactId) contacts.requireRow(actor, contactId)
  }
  const messageTemplates: Templates = createTemplates(kernel, {
    customFields: () => customFieldArea.list(),
    requireVisible,
    textsElsewhere: (actor) => cadences.texts(actor),
  })
  const outbox: Outbox = createOutbox(kernel, {
    mail,
    templates: messageTemplates,
    activities,
    isOptedOut: optOuts.has,
    requireVisible,
    plans: () => plans,
    carryOverStep: plans.carryOverStep,
    systemActor: () => users.localActor('system'),
    report,
  })
  const imports = createImports(kernel, {
    directory,
    report,
    undo,
    ownScopes: {
      companies: companies.ownScope,
      contacts: contacts.ownScope,
      leads: leads.ownScope,
      activities: activities.ownScope,
      customers: customers.ownScope,
      quotes: quotes.ownScope,
      tasks: tasks.ownScope,
    },
    withdraw(since) {
      if (notifications.withdraw(since)) jobs.sumUpAgain()
    },
    optOuts: {
      has: optOuts.has,
      add: (actor, addresses, fileName) =>
        optOuts.importText(actor, {
          text: addresses.join('\n'),
          reason: `Imported from ${fileName}`,
        }).added,
    },
  })
  const exports = createExports(kernel, {
    directory,
    report,
    sources: {
      ...{ companies, contacts, leads, customers, quotes, activities, users },
      tasks: {
        get: tasks.get,
        list: (actor, { tasks: narrowing, ...query }) =>
          tasks.list(actor, { ...query, ...narrowing, trashed: false }),
      },
    },
    customFields: () => customFieldArea.list(),
  })
  storage.onRecovery(() => {
    jobs.markInterrupted()
    outbox.wake()
    imports.resumeInterrupted()
  })
  return {
    kernel,
    report,
    live,
    users,
    customers,
    leads,
    words,
    activities,
    calendar: createCalendar(kernel, {
      activities,
      tasks,
      reminders,
      labelOf: (type) => words.label('activity_type', type),
      isActivityType: (name) => words.exists('activity_type', name),
      isOutcome: (name) => words.exists('outcome', name),
    }),
    templates: createActivityTemplates(kernel, words),
    companies,
    contacts,
    pipelines: createPipelines(kernel, leads),
    quotes,
    cadences,
    plans,
    workingHours,
    tasks,
    reminders,
    agenda,
    suggestions: createSuggestions(kernel, { tasks, workingHours, labelOf: words.label }),
    search,
    changes: createChanges(kernel),
    undo,
    mail,
    messageTemplates,
    optOuts,
    outbox,
    carryOver: createCarryOver(kernel, {
      access: users.carryOver,
      drafts: drafts.carryOver,
      erasures: erasures.carryOver,
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
    settings,
    customFields: customFieldArea,
    drafts,
    imports,
    exports,
    trash,
    amounts: createAmounts(kernel),
    erasures,
    logRetention,
    phones,
    notifications,
    jobs,
    sample: createSampleData(kernel, { tasks, reminders, plans }),
  }
}
