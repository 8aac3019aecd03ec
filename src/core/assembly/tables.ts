/** All tables together: what migrations are generated from and triggers are made for. */

export { calendarFeed, calendarItem } from '../agenda/calendar/table'
export { reminder } from '../agenda/reminders/table'
export { task } from '../agenda/tasks/table'
export { dayOff, workingHours } from '../agenda/working-hours/table'
export { job, jobRun, lease } from '../background/jobs/table'
export { delivery, notification, told } from '../background/notifications/table'
export { erasure } from '../history/erasures/table'
export { batch, change, changeCursor, session } from '../kernel/change-log/table'
export { hold, installation } from '../kernel/holds/table'
export { spelling } from '../kernel/spellings/table'
export { setting } from '../kernel/workspace/table'
export { mailAccount } from '../outreach/accounts/table'
export { cadence, cadenceVersion } from '../outreach/cadences/table'
export { emailMessage } from '../outreach/messages/table'
export { optOut } from '../outreach/opt-outs/table'
export { plan, planStep } from '../outreach/plans/table'
export { suggestionAnswer } from '../outreach/suggestions/table'
export { template } from '../outreach/templates/table'
export { company } from '../records/companies/table'
export { contact } from '../records/contacts/table'
export { customField } from '../records/custom-fields/table'
export { customer } from '../records/customers/table'
export { lead, leadTally } from '../records/leads/table'
export { pipeline, stage } from '../records/pipeline/table'
export { quote } from '../records/quotes/table'
export { apiToken, team, user } from '../records/users/table'
export { activity, activityTally, activityTemplate, word } from '../timeline/activities/table'
export {
  importFile,
  importMapping,
  importRecord,
  importRejection,
  importRun,
} from '../transfer/import/table'
export { draft } from '../workspace/drafts/table'
export { preference, savedView } from '../workspace/settings/table'
