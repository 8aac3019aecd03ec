/** Users and teams, within the settings. */
import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import type { Area } from '../../app/area'
import { rootRoute } from '../../app/root'

const under = { getParentRoute: () => rootRoute }

export const routes = [
  createRoute({
    ...under,
    path: '/settings/users',
    component: lazyRouteComponent(() => import('./UsersSection'), 'UsersSection'),
  }),
  createRoute({
    ...under,
    path: '/settings/teams',
    component: lazyRouteComponent(() => import('./UsersSection'), 'TeamsSection'),
  }),
  createRoute({
    ...under,
    path: '/settings/users/new',
    component: lazyRouteComponent(() => import('./UserPage'), 'NewUserPage'),
  }),
  createRoute({
    ...under,
    path: '/settings/users/$id',
    component: lazyRouteComponent(() => import('./UserPage'), 'UserPage'),
  }),
] as const

export const area: Area = {}
