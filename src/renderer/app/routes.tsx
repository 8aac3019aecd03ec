/**
 * The map of the program's addresses, put together from the areas.
 *
 * How an area joins: `areas/<wing>/<area>/index.ts` exports `routes` (an `as const` list of
 * `pageRoute(path, () => import(…))`, or `recordRoutes` for a list of records and their pages) and
 * `area: Area` (navigation, palette actions, create dialogs, parts of records' pages, actions for
 * selected rows; see `app/area.ts`). Then add one line for it to `app/areas.ts`, in both lists.
 * Screens link with `<Link to="/leads/$id" …>` or ask the shell: `useApp().goTo('/leads')`. The
 * first-run screen lives at `/welcome`; the shell leads there while `workspace.onboarded` is false,
 * and draws `/welcome` without its frame. The restore screen is `area.restoreScreen` of the backups
 * area. Keys belong into `app/shortcuts.ts`.
 */
import { createHashHistory, createRoute, createRouter, redirect } from '@tanstack/react-router'
import { areas, routes } from './areas'
import { cache } from './cache'
import { contributionsOf } from './contributions'
import { RouteError, RouteMissing, RoutePending } from './RouteStates'
import { rootRoute } from './root'
import { Shell } from './Shell'

rootRoute.update({ component: Shell, notFoundComponent: RouteMissing })

/** The start leads on to the first main place. */
const start = createRoute({
  getParentRoute: () => rootRoute,
  path: '/',
  beforeLoad: () => {
    const [first] = areas
      .flatMap((area) => area.navigation ?? [])
      .toSorted((one, other) => one.order - other.order)
    if (first) throw redirect({ to: first.to, replace: true })
  },
})

export const router = createRouter({
  routeTree: rootRoute.addChildren([start, ...routes]),
  history: createHashHistory(),
  context: { ...contributionsOf(areas), cache },
  // Under the pointer or the focus. The cache knows what it has: loaders ask it each time.
  defaultPreload: 'intent',
  defaultPreloadStaleTime: 0,
  defaultErrorComponent: RouteError,
  defaultPendingComponent: RoutePending,
  // The place before stays meanwhile; a page that comes later than this shows as soon as it is there.
  defaultPendingMs: 250,
  defaultPendingMinMs: 0,
  scrollRestoration: false,
})

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router
  }
}
