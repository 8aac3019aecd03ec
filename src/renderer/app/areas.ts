/** The program's areas, each of which brings its routes and its entries (see `routes.tsx`). */
import type { Area } from './area'

/** Every area's entries: navigation, palette actions, create dialogs. */
export const areas: readonly Area[] = []

/** Every area's routes. */
export const routes = [] as const
