/** Binds the contract of working hours and days off. */
import { edits } from '../../kernel/change-log/edits'
import { bind } from '../../kernel/procedures'
import type { WorkingHours } from './working-hours'

export const workingHoursProcedures = (area: () => WorkingHours) => ({
  get: bind.workingHours.get.handler(({ input }) => area().get(input.userId ?? null)),
  set: bind.workingHours.set.handler(
    edits(
      {
        table: 'working_hours',
        rowId: ({ userId }) => area().rowIdOf(userId ?? null),
        now: (_, { userId }) => area().get(userId ?? null).effective,
        required: ['hours', 'country', 'region'],
      },
      ({ input, context }) => area().set(context.actor, input),
    ),
  ),
  clear: bind.workingHours.clear.handler(({ input, context }) =>
    area().clear(context.actor, input.userId),
  ),
  daysOff: {
    list: bind.workingHours.daysOff.list.handler(({ input }) => area().listDaysOff(input)),
    add: bind.workingHours.daysOff.add.handler(({ input, context }) =>
      area().addDaysOff(context.actor, input),
    ),
    remove: bind.workingHours.daysOff.remove.handler(({ input, context }) =>
      area().removeDayOff(context.actor, input.id),
    ),
    removeMany: bind.workingHours.daysOff.removeMany.handler(({ input, context }) =>
      area().removeDaysOff(context.actor, input.ids),
    ),
    importCalendar: bind.workingHours.daysOff.importCalendar.handler(({ input, context }) =>
      area().importCalendar(context.actor, input),
    ),
    countries: bind.workingHours.daysOff.countries.handler(() => area().countries()),
  },
})
