/** Plans in words: how far they are, how they ended, what moved a step, and when one falls. */

import type { Moved } from '../../../../contract/agenda/working-time'
import type { SimulatedStep } from '../../../../contract/outreach/enrolment'
import type { Plan } from '../../../../contract/outreach/plans'
import type { PlanEnding, PlanState } from '../../../../contract/outreach/words'
import { shortText } from '../../../ui/dates'

export const stateLabels: Readonly<Record<PlanState, string>> = {
  not_started: 'Not started',
  in_progress: 'Under way',
  paused: 'Paused',
  completed: 'Finished',
  aborted: 'Stopped',
}

export const endingLabels: Readonly<Record<PlanEnding, string>> = {
  finished: 'all steps done',
  replied: 'the contact answered',
  branch: 'a step decided so',
  lead_won: 'the lead was won',
  lead_lost: 'the lead was lost',
  lead_deleted: 'the lead was deleted',
  contact_deleted: 'the contact was deleted',
  owner_changed: 'the lead got another owner',
  opted_out: 'the contact opted out',
  by_hand: 'stopped by hand',
}

/** Whether something is still to come of it. */
export const isLive = ({ state }: Pick<Plan, 'state'>): boolean =>
  state === 'not_started' || state === 'in_progress' || state === 'paused'

const movedLabels: Readonly<Record<Moved['reason'], string>> = {
  weekend: 'weekend',
  holiday: 'holiday',
  working_hours: 'working hours',
  window_hours: "the step's hours",
  window_days: "the step's days",
}

/** "weekend, Thanksgiving Day": what a step had to pass over, each once. */
export function movedText(moved: readonly Moved[]): string {
  const names = moved.map(({ reason, name }) => name ?? movedLabels[reason])
  return [...new Set(names)].join(', ')
}

/** The same with the days, for who wants to know exactly. */
export function movedDetail(moved: readonly Moved[], now: Date): string {
  const parts = moved.map(
    ({ reason, name, date }) => `${name ?? movedLabels[reason]} (${shortText(date, now)})`,
  )
  return `Later because of: ${[...new Set(parts)].join(', ')}`
}

/** "Thu 26 Nov": the day of a step in its worker's zone. */
export function stepDay({ date }: Pick<SimulatedStep, 'date'>, now: Date): string {
  const [year = 0, month = 1, day = 1] = date.split('-').map(Number)
  const weekday = new Date(year, month - 1, day).toLocaleDateString(undefined, { weekday: 'short' })
  return `${weekday} ${shortText(date, now)}`
}

/** "15:00", with the day where it is another one there; null where both clocks agree. */
export function contactTimeText(
  { date, time, contactTime }: Pick<SimulatedStep, 'date' | 'time' | 'contactTime'>,
  now: Date,
): string | null {
  const [day = '', clock = ''] = contactTime.split('T')
  if (day === date) return clock === time ? null : wallClock(clock)
  return `${wallClock(clock)}, ${stepDay({ date: day }, now)}`
}

/** A local time like `15:00` in the user's own writing. */
export function wallClock(time: string): string {
  const [hour = 0, minute = 0] = time.split(':').map(Number)
  return new Date(2000, 0, 1, hour, minute).toLocaleTimeString(undefined, {
    hour: 'numeric',
    minute: '2-digit',
  })
}

/** "14:05": the clock of a zone; null for a zone that this machine does not know. */
export function clockIn(zone: string, now: Date): string | null {
  try {
    return now.toLocaleTimeString(undefined, {
      hour: 'numeric',
      minute: '2-digit',
      timeZone: zone,
    })
  } catch {
    return null
  }
}

/** What a step is called where it has no subject: "Step 2 of 5: Call". */
export const stepText = (position: number, count: number, type: string): string =>
  `Step ${position + 1} of ${count}: ${type}`
