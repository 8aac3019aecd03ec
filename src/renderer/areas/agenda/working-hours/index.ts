/** Working hours and days off: the section of the settings. */
import { pageRoute } from '../../../app/pageRoute'

export const routes = [
  pageRoute(
    '/settings/working-hours',
    () => import('./WorkingHoursSection'),
    'WorkingHoursSection',
  ),
] as const
