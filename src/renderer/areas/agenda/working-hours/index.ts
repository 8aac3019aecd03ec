/** Working hours and days off: the section of the settings. */
import { pageRoute } from '../../../app/pageRoute'
import { lazyPage } from '../../../app/parts'

export const routes = [
  pageRoute(
    '/settings/working-hours',
    lazyPage(() => import('./WorkingHoursSection'), 'WorkingHoursSection'),
  ),
] as const
