/** Jobs: what runs by itself, a section of the settings. */
import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { rootRoute } from '../../app/root'

export const routes = [
  createRoute({
    getParentRoute: () => rootRoute,
    path: '/settings/jobs',
    component: lazyRouteComponent(() => import('./JobsSection'), 'JobsSection'),
  }),
] as const
