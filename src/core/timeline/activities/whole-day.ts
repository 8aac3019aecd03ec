/** SQL of the day that an activity takes whole, null where it has a time of day. */
export const activityDay = `iif(activity.all_day = 1, day_in(activity.planned_at, activity.zone), null)`

/** The same at one of its instants: a due time of its own is no day. */
export const activityDayAt = (column: string): string =>
  `iif(activity.all_day = 1 and ${column} = activity.planned_at, day_in(${column}, activity.zone), null)`
