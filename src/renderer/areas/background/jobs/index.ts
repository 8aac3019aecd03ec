/** Jobs: what Rapport does by itself, within the settings. */
import type { Area } from '../../../app/area'
import { pageRoute } from '../../../app/pageRoute'
import { lazyPage } from '../../../app/parts'
import { PausedBanner } from './PausedBanner'

export const routes = [
  pageRoute(
    '/settings/jobs',
    lazyPage(() => import('./JobsSection'), 'JobsSection'),
  ),
] as const

export const area: Area = { banner: PausedBanner }
