/** Days of the week as people here call them, Monday first. */

/** ISO weekdays (1 is Monday) with their short names. */
export function weekdayNames(locale?: string): { day: number; name: string }[] {
  const form = new Intl.DateTimeFormat(locale, { weekday: 'short', timeZone: 'UTC' })
  // The first of January 2024 was a Monday.
  return [1, 2, 3, 4, 5, 6, 7].map((day) => ({
    day,
    name: form.format(new Date(Date.UTC(2024, 0, day))),
  }))
}
