/** Jobs: what Rapport does by itself, within the settings. */
import type { Area } from '../../../app/area'
import { pageRoute } from '../../../app/pageRoute'
import { PausedBanner } from './PausedBanner'

export const routes = [
  pageRoute('/settings/jobs', () => import('./JobsSection'), 'JobsSection'),
] as const

export const area: Area = { banner: PausedBanner }
