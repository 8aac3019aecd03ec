/** The one contract behind every door: Electron's port, HTTP and in-process callers. */

import { calendar } from './agenda/calendar'
import { reminders } from './agenda/reminders'
import { tasks } from './agenda/tasks'
import { agenda } from './agenda/today'
import { workingHours } from './agenda/working-hours'
import { jobs } from './background/jobs'
import { notifications } from './background/notifications'
import { database } from './history/backups'
import { changes } from './history/changes'
import { erasures } from './history/erasures'
import { holds } from './history/holds'
import { trash } from './history/trash'
import { mail } from './outreach/accounts'
import { cadences } from './outreach/cadences'
import { outbox } from './outreach/messages'
import { optOuts } from './outreach/opt-outs'
import { plans } from './outreach/plans'
import { suggestions } from './outreach/suggestions'
import { templates } from './outreach/templates'
import { companies } from './records/companies'
import { contacts } from './records/contacts'
import { customers } from './records/customers'
import { leads } from './records/leads'
import { pipeline } from './records/pipeline'
import { quotes } from './records/quotes'
import { search } from './records/search'
import { teams, users } from './records/users'
import { activities } from './timeline/activities'
import { exports } from './transfer/export'
import { imports } from './transfer/import'
import { drafts } from './workspace/drafts'
import { amounts } from './workspace/repair'
import { settings } from './workspace/settings'

export const contract = {
  companies,
  contacts,
  leads,
  customers,
  quotes,
  users,
  teams,
  pipeline,
  activities,
  calendar,
  reminders,
  tasks,
  agenda,
  search,
  changes,
  mail,
  notifications,
  jobs,
  outbox,
  optOuts,
  templates,
  transfer: { ...imports, ...exports },
  settings,
  drafts,
  trash,
  database,
  holds,
  erasures,
  cadences,
  plans,
  workingHours,
  amounts,
  suggestions,
}
export type Contract = typeof contract
