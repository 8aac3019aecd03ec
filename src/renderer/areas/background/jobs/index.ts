/** Jobs: what Rapport does by itself, within the settings. */
import { createRoute } from '@tanstack/react-router'
import type { Area } from '../../../app/area'
import { lazyPage } from '../../../app/parts'
import { rootRoute } from '../../../app/root'
import { PausedBanner } from './PausedBanner'

export const routes = [
  createRoute({
    getParentRoute: () => rootRoute,
    path: '/settings/jobs',
    component: lazyPage(() => import('./JobsSection'), 'JobsSection'),
  }),
] as const

export const area: Area = { banner: PausedBanner }
