/** Working hours and days off of the workspace and its users. */
import type { Actor } from '../../kernel/actor'
import { seesAll } from '../../kernel/authorisation'
import { forbidden } from '../../kernel/errors'
import type { Kernel } from '../../kernel/kernel'
import { requireLinks } from '../../records/links/links'
import type { Users } from '../../records/users/users'
import type { ReadCalendar } from './calendar-file'
import { createDaysOff } from './days-off'
import { countriesWithHolidays } from './holidays'
import { createHours } from './hours'

export {
  addDays,
  type Fit,
  firstFit,
  isWorkingDay,
  localOf,
  spansOf,
  type WorkingTime,
  weekdayOf,
} from './working-time'

/** SQL of the country whose phone numbers are written without a country code. */
export const phoneCountry = `(select country from working_hours where id = 'workspace')`

export type WorkingHours = ReturnType<typeof createWorkingHours>

export function createWorkingHours(
  kernel: Kernel,
  { readCalendar, zoneOf }: { readCalendar: ReadCalendar; zoneOf: Users['zoneOf'] },
) {
  /** A rep sets its own; managers and admins anybody's and the workspace's. */
  function requireOwn(actor: Actor, userId: string | null) {
    requireLinks(kernel.database, { userId: ['user', userId] })
    if (!seesAll(actor) && userId !== actor.userId)
      throw forbidden('Only a manager may change the working time of others.')
  }
  const hours = createHours(kernel, { zoneOf, requireOwn })

  return {
    ...hours,
    ...createDaysOff(kernel, { readCalendar, hoursOf: hours.hoursOf, requireOwn }),
    countries: countriesWithHolidays,
  }
}
