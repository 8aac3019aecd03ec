/** Jobs: what Rapport does by itself, within the settings. */
import { createRoute } from '@tanstack/react-router'
import { lazyPage } from '../../../app/parts'
import { rootRoute } from '../../../app/root'

export const routes = [
  createRoute({
    getParentRoute: () => rootRoute,
    path: '/settings/jobs',
    component: lazyPage(() => import('./JobsSection'), 'JobsSection'),
  }),
] as const
