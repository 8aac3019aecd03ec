/** The program's areas, each of which brings its routes and its entries (see `routes.tsx`). */

import * as calendar from '../areas/agenda/calendar'
import * as reminders from '../areas/agenda/reminders'
import * as tasks from '../areas/agenda/tasks'
import * as agenda from '../areas/agenda/today'
import * as workingHours from '../areas/agenda/working-hours'
import * as jobs from '../areas/background/jobs'
import * as notifications from '../areas/background/notifications'
import * as database from '../areas/history/backups'
import * as changes from '../areas/history/changes'
import * as erasures from '../areas/history/erasures'
import * as trash from '../areas/history/trash'
import * as cadences from '../areas/outreach/cadences'
import * as mail from '../areas/outreach/messages'
import * as plans from '../areas/outreach/plans'
import * as suggestions from '../areas/outreach/suggestions'
import * as companies from '../areas/records/companies'
import * as contacts from '../areas/records/contacts'
import * as customers from '../areas/records/customers'
import * as leads from '../areas/records/leads'
import * as pipeline from '../areas/records/pipeline'
import * as quotes from '../areas/records/quotes'
import * as search from '../areas/records/search'
import * as users from '../areas/records/users'
import * as activities from '../areas/timeline/activities'
import * as transfer from '../areas/transfer/import'
import * as onboarding from '../areas/workspace/onboarding'
import * as repair from '../areas/workspace/repair'
import * as settings from '../areas/workspace/settings'
import type { Area } from './area'

/** What every area brings. Banners and palette actions come in this order. */
export const areas: readonly Area[] = [
  jobs.area,
  agenda.area,
  plans.area,
  pipeline.area,
  leads.area,
  companies.area,
  contacts.area,
  customers.area,
  quotes.area,
  activities.area,
  suggestions.area,
  tasks.area,
  reminders.area,
  calendar.area,
  cadences.area,
  changes.area,
  notifications.area,
  mail.area,
  transfer.area,
  trash.area,
  settings.area,
  users.area,
  database.area,
  onboarding.area,
  search.area,
  erasures.area,
  repair.area,
]

/** Every area's routes. */
export const routes = [
  ...agenda.routes,
  ...plans.routes,
  ...pipeline.routes,
  ...leads.routes,
  ...companies.routes,
  ...contacts.routes,
  ...customers.routes,
  ...quotes.routes,
  ...activities.routes,
  ...suggestions.routes,
  ...tasks.routes,
  ...reminders.routes,
  ...calendar.routes,
  ...cadences.routes,
  ...changes.routes,
  ...notifications.routes,
  ...jobs.routes,
  ...mail.routes,
  ...transfer.routes,
  ...trash.routes,
  ...settings.routes,
  ...users.routes,
  ...workingHours.routes,
  ...database.routes,
  ...onboarding.routes,
] as const
