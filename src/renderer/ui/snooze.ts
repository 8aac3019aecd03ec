/** When something that is put off comes up again. */
import dayjs from 'dayjs'

export interface SnoozeChoice {
  label: string
  /** ISO instant. */
  at: string
}

/** In ten minutes, in an hour, tomorrow and next Monday at nine, by this machine's clock. */
export function snoozeChoices(now: Date): SnoozeChoice[] {
  const minute = dayjs(now).startOf('minute')
  const nine = (days: number) => dayjs(now).startOf('day').add(days, 'day').hour(9)
  const untilMonday = (8 - now.getDay()) % 7 || 7
  const choices = [
    { label: '10 minutes', at: minute.add(10, 'minute') },
    { label: '1 hour', at: minute.add(1, 'hour') },
    { label: 'Tomorrow, 9:00', at: nine(1) },
    // On a Sunday tomorrow is that Monday.
    ...(untilMonday > 1 ? [{ label: 'Next Monday, 9:00', at: nine(untilMonday) }] : []),
  ]
  return choices.map(({ label, at }) => ({ label, at: at.toISOString() }))
}
