/** Users and teams, within the settings. */
import { createRoute } from '@tanstack/react-router'
import type { Area } from '../../../app/area'
import { lazyPage } from '../../../app/parts'
import { rootRoute } from '../../../app/root'

const under = { getParentRoute: () => rootRoute }

export const routes = [
  createRoute({
    ...under,
    path: '/settings/users',
    component: lazyPage(() => import('./UsersSection'), 'UsersSection'),
  }),
  createRoute({
    ...under,
    path: '/settings/teams',
    component: lazyPage(() => import('./UsersSection'), 'TeamsSection'),
  }),
  createRoute({
    ...under,
    path: '/settings/users/new',
    component: lazyPage(() => import('./UserPage'), 'NewUserPage'),
  }),
  createRoute({
    ...under,
    path: '/settings/users/$id',
    component: lazyPage(() => import('./UserPage'), 'UserPage'),
  }),
] as const

export const area: Area = {}
