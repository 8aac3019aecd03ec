/** Working hours and days off: the section of the settings. */
import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { rootRoute } from '../../app/root'

export const routes = [
  createRoute({
    getParentRoute: () => rootRoute,
    path: '/settings/working-hours',
    component: lazyRouteComponent(() => import('./WorkingHoursSection'), 'WorkingHoursSection'),
  }),
] as const
