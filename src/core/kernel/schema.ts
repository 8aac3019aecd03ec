/** All tables together: what migrations are generated from and triggers are made for. */
export { activity, activityTally, activityTemplate, word } from '../activities/table'
export { cadence, cadenceVersion } from '../cadences/table'
export { calendarFeed, calendarItem } from '../calendar/table'
export { batch, change, changeCursor, session } from '../changes/table'
export { company } from '../companies/table'
export { contact } from '../contacts/table'
export { customer } from '../customers/table'
export { draft } from '../drafts/table'
export { erasure } from '../erasures/table'
export { hold, installation } from '../holds/table'
export { job, jobRun, lease } from '../jobs/table'
export { lead, leadTally } from '../leads/table'
export { mailAccount } from '../mail/table'
export { delivery, notification, told } from '../notifications/table'
export { optOut } from '../opt-outs/table'
export { emailMessage } from '../outbox/table'
export { pipeline, stage } from '../pipeline/table'
export { plan, planStep } from '../plans/table'
export { quote } from '../quotes/table'
export { reminder } from '../reminders/table'
export { customField, preference, savedView, setting } from '../settings/table'
export { spelling } from '../spellings/table'
export { suggestionAnswer } from '../suggestions/table'
export { task } from '../tasks/table'
export { template } from '../templates/table'
export {
  importFile,
  importMapping,
  importRecord,
  importRejection,
  importRun,
} from '../transfer/table'
export { apiToken, team, user } from '../users/table'
export { dayOff, workingHours } from '../working-hours/table'
