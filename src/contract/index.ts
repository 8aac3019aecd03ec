/** The one contract behind every door: Electron's port, HTTP and in-process callers. */
import { activities } from './activities'
import { agenda } from './agenda'
import { amounts } from './amounts'
import { cadences } from './cadences'
import { calendar } from './calendar'
import { changes } from './changes'
import { companies } from './companies'
import { contacts } from './contacts'
import { customers } from './customers'
import { drafts } from './drafts'
import { erasures } from './erasures'
import { holds } from './holds'
import { jobs } from './jobs'
import { leads } from './leads'
import { mail } from './mail'
import { notifications } from './notifications'
import { optOuts } from './opt-outs'
import { outbox } from './outbox'
import { pipeline } from './pipeline'
import { plans } from './plans'
import { quotes } from './quotes'
import { reminders } from './reminders'
import { search } from './search'
import { database, settings, trash } from './settings'
import { suggestions } from './suggestions'
import { tasks } from './tasks'
import { templates } from './templates'
import { transfer } from './transfer'
import { teams, users } from './users'
import { workingHours } from './working-hours'

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
  transfer,
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
