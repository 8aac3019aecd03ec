/** When something that is put off comes up again. */
import { daysFrom } from './dates'

export interface SnoozeChoice {
  label: string
  /** ISO instant. */
  at: string
}

/** In ten minutes, in an hour, tomorrow and next Monday at nine, by this machine's clock. */
export function snoozeChoices(now: Date): SnoozeChoice[] {
  const minute = 60_000
  const later = (minutes: number) =>
    new Date((Math.floor(now.getTime() / minute) + minutes) * minute)
  const nine = (days: number) => daysFrom(now, days, 9)
  const untilMonday = (8 - now.getDay()) % 7 || 7
  const choices = [
    { label: '10 minutes', at: later(10) },
    { label: '1 hour', at: later(60) },
    { label: 'Tomorrow, 9:00', at: nine(1) },
    // On a Sunday tomorrow is that Monday.
    ...(untilMonday > 1 ? [{ label: 'Next Monday, 9:00', at: nine(untilMonday) }] : []),
  ]
  return choices.map(({ label, at }) => ({ label, at: at.toISOString() }))
}
