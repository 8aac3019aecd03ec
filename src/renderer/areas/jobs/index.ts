/** Jobs: what Rapport does by itself, within the settings. */
import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { rootRoute } from '../../app/root'

export const routes = [
  createRoute({
    getParentRoute: () => rootRoute,
    path: '/settings/jobs',
    component: lazyRouteComponent(() => import('./JobsSection'), 'JobsSection'),
  }),
] as const
