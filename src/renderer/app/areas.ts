/** The program's areas, each of which brings its routes and its entries (see `routes.tsx`). */
import * as database from '../areas/database'
import * as leads from '../areas/leads'
import * as onboarding from '../areas/onboarding'
import * as settings from '../areas/settings'
import * as users from '../areas/users'
import type { Area } from './area'

/** Every area's entries: navigation, palette actions, create dialogs. */
export const areas: readonly Area[] = [
  leads.area,
  settings.area,
  users.area,
  database.area,
  onboarding.area,
]

/** Every area's routes. */
export const routes = [
  ...leads.routes,
  ...settings.routes,
  ...users.routes,
  ...database.routes,
  ...onboarding.routes,
] as const
