/** The program's areas, each of which brings its routes and its entries (see `routes.tsx`). */
import * as leads from '../areas/leads'
import * as settings from '../areas/settings'
import type { Area } from './area'

/** Every area's entries: navigation, palette actions, create dialogs. */
export const areas: readonly Area[] = [leads.area, settings.area]

/** Every area's routes. */
export const routes = [...leads.routes, ...settings.routes] as const
