/** Every area of the CRM on one open database. */
import type BetterSqlite3 from 'better-sqlite3'
import { createActivities } from './activities/activities'
import { createActivityTemplates } from './activities/templates'
import { createWords } from './activities/words'
import { createAgenda } from './agenda/agenda'
import { createCadences } from './cadences/cadences'
import { createCalendar } from './calendar/calendar'
import { createChanges } from './changes/changes'
import { createCompanies } from './companies/companies'
import { createContacts } from './contacts/contacts'
import { createCustomers } from './customers/customers'
import { prepareNewDatabase } from './first-run/first-run'
import { createJobs } from './jobs/jobs'
import type { Actor } from './kernel/actor'
import type { Clock } from './kernel/clock'
import { createDatabase } from './kernel/database'
import type { Ground } from './kernel/ground'
import type { Host } from './kernel/host'
import { createLister } from './kernel/list'
import type { Live } from './kernel/live'
import { createSecrets } from './kernel/secrets'
import { createWorkspace } from './kernel/workspace'
import { createLeads } from './leads/leads'
import { createMail } from './mail/mail'
import { createAccountMailer } from './mail/mailer'
import { createNotifications } from './notifications/notifications'
import { createOptOuts } from './opt-outs/opt-outs'
import { createOutbox, type Outbox } from './outbox/outbox'
import { createPipelines } from './pipeline/pipeline'
import { createPlans, type Plans } from './plans/plans'
import { createQuotes } from './quotes/quotes'
import { createReminders } from './reminders/reminders'
import { createSampleData } from './sample/sample'
import { createSearch } from './search/search'
import { createSettings } from './settings/settings'
import { createSuggestions } from './suggestions/suggestions'
import { createTasks } from './tasks/tasks'
import { createTemplates, type Templates } from './templates/templates'
import { createTransfer } from './transfer/transfer'
import { createTrash } from './trash/trash'
import { createUndo } from './undo/undo'
import { createUsers } from './users/users'
import { createWorkingHours } from './working-hours/working-hours'

export type Areas = ReturnType<typeof createAreas>

export interface AreaOptions {
  clock: Clock
  live: Live
  /** The data directory, for files taken in and given out. */
  directory: string
  host: Host
  /** Which popups there can be; of both kinds unless told. */
  popups?: { native: boolean; browser: boolean }
  /** Hears of faults that nobody waits for. */
  report?: (error: unknown) => void
}

export function createAreas(
  connection: BetterSqlite3.Database,
  {
    clock,
    live,
    directory,
    host,
    popups = { native: true, browser: true },
    report = () => {},
  }: AreaOptions,
) {
  const database = createDatabase(connection, { clock, live })
  const workspace = createWorkspace(database)
  const ground: Ground = {
    database,
    clock,
    live,
    workspace,
    lister: createLister(database, workspace),
  }
  prepareNewDatabase(ground)

  const users = createUsers(ground)
  const customers = createCustomers(ground)
  const leads = createLeads(ground, { customers })
  const words = createWords(ground)
  const optOuts = createOptOuts(ground)
  const workingHours = createWorkingHours(ground)
  const cadences = createCadences(ground, {
    words,
    faultOfText: (text) => messageTemplates.faultOfText(text),
    movePlans: (writer, version) => plans.movePlans(writer, version),
  })
  const activities = createActivities(ground, words, (writer, id) => plans.logged(writer, id))
  const plans: Plans = createPlans(ground, {
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
  const tasks = createTasks(ground, { users })
  const reminders = createReminders(ground, {
    users,
    subjects: { activity: activities.isThere, task: tasks.isThere },
    planSteps: plans,
  })
  const search = createSearch(ground)
  const companies = createCompanies(ground)
  const contacts = createContacts(ground, { isOptedOut: optOuts.has })
  const quotes = createQuotes(ground, { leads, activities })
  const settings = createSettings(ground)
  const undo = createUndo(ground)
  const mail = createMail(ground, { secrets: createSecrets(host.secrets) })
  const trash = createTrash(ground)
  const agenda = createAgenda(ground, { activities, reminders, tasks, users, search })
  const notifications = createNotifications(ground, {
    host,
    mailer: createAccountMailer(mail),
    popups,
    act: (actor, target, action) => void agenda.act(actor, { targets: [target], action }),
    report,
  })
  const jobs = createJobs(ground, {
    notifications,
    host,
    countsOf: (userId) => agenda.counts({ ...users.localActor('system'), userId }, userId),
    planSteps: () => {
      const planned = plans.planDue(users.localActor('system'))
      return planned > 0 ? `Went on with ${planned} ${planned === 1 ? 'plan' : 'plans'}.` : null
    },
    purge: () => {
      const purged = trash.purgeExpired(users.localActor('system'))
      return purged > 0 ? `Emptied the trash of ${purged} old records.` : null
    },
    report,
  })
  const requireVisible = (
    actor: Actor,
    { leadId, contactId }: { leadId?: string | undefined; contactId?: string | undefined },
  ) => {
    if (leadId) leads.requireRow(actor, leadId)
    if (contactId) contacts.requireRow(actor, contactId)
  }
  const messageTemplates: Templates = createTemplates(ground, {
    customFields: () => settings.customFields.list(),
    requireVisible,
    textsElsewhere: () => cadences.texts(),
  })
  const outbox: Outbox = createOutbox(ground, {
    mail,
    templates: messageTemplates,
    activities,
    isOptedOut: optOuts.has,
    requireVisible,
    plans: () => plans,
    systemActor: () => users.localActor('system'),
    report,
  })
  return {
    ground,
    live,
    users,
    customers,
    leads,
    words,
    activities,
    calendar: createCalendar(ground, {
      activities,
      tasks,
      labelOf: (type) => words.label('activity_type', type),
      isActivityType: (name) => words.exists('activity_type', name),
    }),
    templates: createActivityTemplates(ground, words),
    companies,
    contacts,
    pipelines: createPipelines(ground, leads),
    quotes,
    cadences,
    plans,
    workingHours,
    tasks,
    reminders,
    agenda,
    suggestions: createSuggestions(ground, { workingHours, labelOf: words.label }),
    search,
    changes: createChanges(ground),
    undo,
    mail,
    messageTemplates,
    optOuts,
    outbox,
    settings,
    transfer: createTransfer(ground, {
      directory,
      report,
      undo,
      sources: {
        ...{ companies, contacts, leads, customers, quotes, activities, users },
        tasks: {
          get: tasks.get,
          list: (actor, { tasks: narrowing, ...query }) =>
            tasks.list(actor, { ...query, ...narrowing, trashed: false }),
        },
      },
      customFields: () => settings.customFields.list(),
    }),
    trash,
    notifications,
    jobs,
    sample: createSampleData(ground, { tasks, reminders, plans }),
  }
}
