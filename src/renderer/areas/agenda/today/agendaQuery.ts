/** What Today asks for. */
import { api } from '../../../api'

/** How many days ahead it looks at first. */
export const fewDays = 7

/** As many of each part as one answer holds. */
const most = 500

/** @param userId whose; undefined is the caller's own */
export const agendaQuery = (days: number, userId: string | undefined) =>
  api.agenda.today.queryOptions({
    input: { days, limit: most, ...(userId ? { userId } : {}) },
  })
