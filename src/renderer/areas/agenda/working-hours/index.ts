/** Working hours and days off: the section of the settings. */
import { createRoute } from '@tanstack/react-router'
import { lazyPage } from '../../../app/parts'
import { rootRoute } from '../../../app/root'

export const routes = [
  createRoute({
    getParentRoute: () => rootRoute,
    path: '/settings/working-hours',
    component: lazyPage(() => import('./WorkingHoursSection'), 'WorkingHoursSection'),
  }),
] as const
