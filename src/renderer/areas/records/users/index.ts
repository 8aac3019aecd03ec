/** Users and teams, within the settings. */
import type { Area } from '../../../app/area'
import { pageRoute } from '../../../app/pageRoute'
import { lazyPage } from '../../../app/parts'

export const routes = [
  pageRoute(
    '/settings/users',
    lazyPage(() => import('./UsersSection'), 'UsersSection'),
  ),
  pageRoute(
    '/settings/teams',
    lazyPage(() => import('./UsersSection'), 'TeamsSection'),
  ),
  pageRoute(
    '/settings/users/new',
    lazyPage(() => import('./UserPage'), 'NewUserPage'),
  ),
  pageRoute(
    '/settings/users/$id',
    lazyPage(() => import('./UserPage'), 'UserPage'),
  ),
] as const

export const area: Area = {}
