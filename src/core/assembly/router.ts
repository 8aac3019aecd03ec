/** The contract, answered: each area's procedures in their place. */

import { calendarProcedures } from '../agenda/calendar/procedures'
import { reminderProcedures } from '../agenda/reminders/procedures'
import { taskProcedures } from '../agenda/tasks/procedures'
import { agendaProcedures } from '../agenda/today/procedures'
import { workingHoursProcedures } from '../agenda/working-hours/procedures'
import { jobProcedures } from '../background/jobs/procedures'
import { notificationProcedures } from '../background/notifications/procedures'
import type { DatabaseActions } from '../history/backups/backups'
import { databaseProcedures } from '../history/backups/procedures'
import { changeProcedures } from '../history/changes/procedures'
import { erasureProcedures } from '../history/erasures/procedures'
import { holdProcedures } from '../history/holds/procedures'
import { trashProcedures } from '../history/trash/procedures'
import { bind } from '../kernel/procedures'
import { mailProcedures } from '../outreach/accounts/procedures'
import { cadenceProcedures } from '../outreach/cadences/procedures'
import { outboxProcedures } from '../outreach/messages/procedures'
import { optOutProcedures } from '../outreach/opt-outs/procedures'
import { planProcedures } from '../outreach/plans/procedures'
import { suggestionProcedures } from '../outreach/suggestions/procedures'
import { templateProcedures } from '../outreach/templates/procedures'
import { companyProcedures } from '../records/companies/procedures'
import { contactProcedures } from '../records/contacts/procedures'
import { customerProcedures } from '../records/customers/procedures'
import { leadProcedures } from '../records/leads/procedures'
import { pipelineProcedures } from '../records/pipeline/procedures'
import { quoteProcedures } from '../records/quotes/procedures'
import { searchProcedure } from '../records/search/procedures'
import { teamProcedures, userProcedures } from '../records/users/procedures'
import { activityProcedures } from '../timeline/activities/procedures'
import { exportProcedures } from '../transfer/export/procedures'
import { importProcedures } from '../transfer/import/procedures'
import { draftProcedures } from '../workspace/drafts/procedures'
import { amountProcedures } from '../workspace/repair/procedures'
import { settingsProcedures } from '../workspace/settings/procedures'
import type { Areas } from './areas'

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
      () => areas().customFields,
      () => areas().sample,
    ),
    drafts: draftProcedures(() => areas().drafts),
    templates: templateProcedures(() => areas().messageTemplates),
    outbox: outboxProcedures(() => areas().outbox),
    optOuts: optOutProcedures(() => areas().optOuts),
    mail: mailProcedures(() => areas().mail),
    transfer: {
      ...importProcedures(() => areas().imports),
      ...exportProcedures(() => areas().exports),
    },
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
