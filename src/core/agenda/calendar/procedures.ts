/** Binds the contract of calendar files. */
import { bind } from '../../kernel/procedures'
import type { Calendar } from './calendar'

export const calendarProcedures = (calendar: () => Calendar) => ({
  activity: bind.calendar.activity.handler(({ input, context }) =>
    calendar().activityFile(context.actor, input.id),
  ),
  export: bind.calendar.export.handler(({ input, context }) =>
    calendar().exportFile(context.actor, input),
  ),
  import: bind.calendar.import.handler(({ input, context }) =>
    calendar().import(context.actor, input),
  ),
  quarantine: {
    list: bind.calendar.quarantine.list.handler(({ context }) =>
      calendar().quarantine.list(context.actor),
    ),
    retry: bind.calendar.quarantine.retry.handler(({ input, context }) =>
      calendar().quarantine.retry(context.actor, input),
    ),
    discard: bind.calendar.quarantine.discard.handler(({ input, context }) =>
      calendar().quarantine.discard(context.actor, input.id),
    ),
  },
  feed: {
    get: bind.calendar.feed.get.handler(({ context }) => calendar().feed.get(context.actor)),
    renew: bind.calendar.feed.renew.handler(({ context }) => calendar().feed.renew(context.actor)),
    remove: bind.calendar.feed.remove.handler(({ context }) =>
      calendar().feed.remove(context.actor),
    ),
  },
})
