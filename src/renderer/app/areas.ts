/** The program's areas, each of which brings its routes and its entries (see `routes.tsx`). */
import * as activities from '../areas/activities'
import * as agenda from '../areas/agenda'
import * as cadences from '../areas/cadences'
import * as calendar from '../areas/calendar'
import * as changes from '../areas/changes'
import * as companies from '../areas/companies'
import * as contacts from '../areas/contacts'
import * as customers from '../areas/customers'
import * as database from '../areas/database'
import * as jobs from '../areas/jobs'
import * as leads from '../areas/leads'
import * as mail from '../areas/mail'
import * as notifications from '../areas/notifications'
import * as onboarding from '../areas/onboarding'
import * as pipeline from '../areas/pipeline'
import * as plans from '../areas/plans'
import * as quotes from '../areas/quotes'
import * as reminders from '../areas/reminders'
import * as settings from '../areas/settings'
import * as suggestions from '../areas/suggestions'
import * as tasks from '../areas/tasks'
import * as transfer from '../areas/transfer'
import * as trash from '../areas/trash'
import * as users from '../areas/users'
import * as workingHours from '../areas/working-hours'
import type { Area } from './area'

/** Every area's entries: navigation, palette actions, create dialogs. */
export const areas: readonly Area[] = [
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
