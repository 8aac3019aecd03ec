/** What people do about their records, and what is written to people: areas that call each other. */
import { readCalendar } from '../agenda/calendar/calendar'
import { addRemindersBefore, createReminders } from '../agenda/reminders/reminders'
import { createTasks } from '../agenda/tasks/tasks'
import { createWorkingHours } from '../agenda/working-hours/working-hours'
import type { Actor } from '../kernel/actor'
import type { Host } from '../kernel/host/host'
import { createSecrets } from '../kernel/host/secrets'
import type { Kernel } from '../kernel/kernel'
import { createMail } from '../outreach/accounts/accounts'
import { createCadences } from '../outreach/cadences/cadences'
import { createOutbox, type Outbox } from '../outreach/messages/messages'
import type { OptOuts } from '../outreach/opt-outs/opt-outs'
import { createPlans, type Plans } from '../outreach/plans/plans'
import { createTemplates, type Templates } from '../outreach/templates/templates'
import type { Users } from '../records/users/users'
import { createActivities } from '../timeline/activities/activities'
import { createWords } from '../timeline/activities/words'
import type { RecordAreas } from './record-areas'

export type WorkAreas = ReturnType<typeof createWorkAreas>

export function createWorkAreas(
  kernel: Kernel,
  {
    host,
    users,
    optOuts,
    records: { leads, contacts, customFieldArea },
    report,
  }: {
    host: Host
    users: Users
    optOuts: OptOuts
    records: RecordAreas
    report(error: unknown): void
  },
) {
  const { database } = kernel
  const words = createWords(kernel)
  const workingHours = createWorkingHours(kernel, { readCalendar, zoneOf: users.zoneOf })
  const cadences = createCadences(kernel, {
    words,
    faultOfText: (text) => messageTemplates.faultOfText(text),
    movePlans: (writer, version) => plans.movePlans(writer, version),
  })
  const activities = createActivities(kernel, {
    words,
    zoneOf: users.zoneOf,
    addReminders: (writer, { activityId, userId, minutes }) =>
      addRemindersBefore(writer, database, { subject: { activityId }, userId, minutes }),
    listener: {
      logged: (writer, id, choice) => plans.logged(writer, id, choice),
      outcomeChanged: (writer, id, change) => plans.outcomeChanged(writer, id, change),
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
    },
  })
  const tasks = createTasks(kernel, { users })
  const reminders = createReminders(kernel, {
    users,
    subjects: { activity: activities.isThere, task: tasks.isThere },
    planSteps: plans,
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
  const mail = createMail(kernel, { secrets: createSecrets(host.secrets) })
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
  return {
    ...{ words, workingHours, cadences, activities, plans, tasks, reminders },
    ...{ messageTemplates, mail, outbox },
  }
}
