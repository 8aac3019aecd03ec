/** The contract, answered: each area's procedures in their place. */
import { activityProcedures } from './activities/procedures'
import { agendaProcedures } from './agenda/procedures'
import type { Areas } from './areas'
import { cadenceProcedures } from './cadences/procedures'
import { calendarProcedures } from './calendar/procedures'
import { changeProcedures } from './changes/procedures'
import { companyProcedures } from './companies/procedures'
import { contactProcedures } from './contacts/procedures'
import { customerProcedures } from './customers/procedures'
import type { DatabaseActions } from './database/database'
import { databaseProcedures } from './database/procedures'
import { draftProcedures } from './drafts/procedures'
import { erasureProcedures } from './erasures/procedures'
import { holdProcedures } from './holds/procedures'
import { jobProcedures } from './jobs/procedures'
import { bind } from './kernel/procedures'
import { leadProcedures } from './leads/procedures'
import { mailProcedures } from './mail/procedures'
import { notificationProcedures } from './notifications/procedures'
import { optOutProcedures } from './opt-outs/procedures'
import { outboxProcedures } from './outbox/procedures'
import { pipelineProcedures } from './pipeline/procedures'
import { planProcedures } from './plans/procedures'
import { quoteProcedures } from './quotes/procedures'
import { reminderProcedures } from './reminders/procedures'
import { amountProcedures } from './repair/procedures'
import { searchProcedure } from './search/procedures'
import { settingsProcedures } from './settings/procedures'
import { suggestionProcedures } from './suggestions/procedures'
import { taskProcedures } from './tasks/procedures'
import { templateProcedures } from './templates/procedures'
import { transferProcedures } from './transfer/procedures'
import { trashProcedures } from './trash/procedures'
import { teamProcedures, userProcedures } from './users/procedures'
import { workingHoursProcedures } from './working-hours/procedures'

export type Router = ReturnType<typeof createRouter>

/**
 * @param areas asked for each call: a restored database has new ones
 * @param database works while there are none
 */
export function createRouter(areas: () => Areas, database: () => DatabaseActions) {
  return bind.router({
    companies: companyProcedures(() => areas().companies),
    contacts: contactProcedures(() => areas().contacts),
    leads: leadProcedures(() => areas().leads),
    customers: customerProcedures(() => areas().customers),
    quotes: quoteProcedures(() => areas().quotes),
    users: userProcedures(() => areas().users),
    teams: teamProcedures(() => areas().users),
    pipeline: pipelineProcedures(() => areas().pipelines),
    activities: activityProcedures(areas),
    calendar: calendarProcedures(() => areas().calendar),
    reminders: reminderProcedures(() => areas().reminders),
    tasks: taskProcedures(() => areas().tasks),
    agenda: agendaProcedures(() => areas().agenda),
    search: searchProcedure(() => areas().search),
    changes: changeProcedures(areas),
    notifications: notificationProcedures(() => areas().notifications),
    jobs: jobProcedures(() => areas().jobs),
    settings: settingsProcedures(
      () => areas().settings,
      () => areas().sample,
    ),
    drafts: draftProcedures(() => areas().drafts),
    templates: templateProcedures(() => areas().messageTemplates),
    outbox: outboxProcedures(() => areas().outbox),
    optOuts: optOutProcedures(() => areas().optOuts),
    mail: mailProcedures(() => areas().mail),
    transfer: transferProcedures(() => areas().transfer),
    trash: trashProcedures(() => areas().trash),
    database: databaseProcedures(database),
    erasures: erasureProcedures(() => areas().erasures),
    holds: holdProcedures(() => areas().holdActions),
    cadences: cadenceProcedures(areas),
    plans: planProcedures(() => areas().plans),
    suggestions: suggestionProcedures(() => areas().suggestions),
    amounts: amountProcedures(() => areas().amounts),
    workingHours: workingHoursProcedures(() => areas().workingHours),
  })
}
