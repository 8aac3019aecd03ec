/** Users and teams, within the settings. */
import type { Area } from '../../../app/area'
import { pageRoute } from '../../../app/pageRoute'

export const routes = [
  pageRoute('/settings/users', () => import('./UsersSection'), 'UsersSection'),
  pageRoute('/settings/teams', () => import('./UsersSection'), 'TeamsSection'),
  pageRoute('/settings/users/new', () => import('./UserPage'), 'NewUserPage'),
  pageRoute('/settings/users/$id', () => import('./UserPage'), 'UserPage'),
] as const

export const area: Area = {}
