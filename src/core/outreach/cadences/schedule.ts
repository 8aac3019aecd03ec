/** The date of each step: its delay, then the first moment that working time and the contact's window allow. Pure. */

import type { Moved } from '../../../contract/agenda/working-time'
import type { CadenceStep } from '../../../contract/outreach/cadences'
import {
  addDays,
  firstFit,
  isWorkingDay,
  localOf,
  spansOf,
  type WorkingTime,
} from '../../agenda/working-hours/working-hours'
import { instantOf } from '../../kernel/time/wall-time'
import { dateIn, endOfDay, startOfDay } from '../../kernel/time/zone'

export interface Circumstances {
  /** Whose days are counted. */
  user: WorkingTime
  contactZone: string
  /** Whether steps wait for the user's working days and hours. */
  workingTimeOnly: boolean
}

export interface ScheduledStep {
  at: number
  moved: Moved[]
  /** The end of its day where the user is: done until then is on time. */
  lateAfter: number
}

const minute = 60_000
const mostDaysCounted = 4000

/** When a step is due that waits for its delay from `base` on. */
export function scheduleStep(
  base: number,
  step: Pick<CadenceStep, 'delay' | 'delayUnit' | 'window' | 'automated'>,
  circumstances: Circumstances,
): ScheduledStep {
  const { user } = circumstances
  const wanted = afterDelay(base, step, circumstances)
  const fit = fitStep(wanted.at, step, circumstances)
  // That a day begins with its working hours moves nothing.
  const moved = wanted.wholeDay
    ? fit.moved.filter(
        ({ reason, date }) =>
          !reason.endsWith('_hours') || date > localOf(wanted.at, user.zone).date,
      )
    : fit.moved
  return { ...fit, moved: [...wanted.moved, ...moved] }
}

/** The first moment from `at` on at which the step may be done. */
export function fitStep(
  at: number,
  step: Pick<CadenceStep, 'window' | 'automated'>,
  { user, contactZone, workingTimeOnly }: Circumstances,
): ScheduledStep {
  const fit = firstFit(at, {
    working: workingTimeOnly ? user : undefined,
    // Nobody has to be at work for what is sent by itself into a window.
    hours: !(step.automated && step.window),
    window: step.window,
    contactZone,
  })
  return { ...fit, lateAfter: endOfDayOf(fit.at, user.zone) }
}

/** All steps in their order, each counted from when the one before is due. */
export function scheduleSteps(
  start: number,
  steps: readonly CadenceStep[],
  circumstances: Circumstances,
): ScheduledStep[] {
  let base = start
  return steps.map((step) => {
    const scheduled = scheduleStep(base, step, circumstances)
    base = scheduled.at
    return scheduled
  })
}

export const endOfDayOf = (at: number, zone: string): number => endOfDay(dateIn(at, zone), zone)

function afterDelay(
  base: number,
  { delay, delayUnit, window }: Pick<CadenceStep, 'delay' | 'delayUnit' | 'window'>,
  { user, workingTimeOnly }: Circumstances,
): { at: number; wholeDay: boolean; moved: Moved[] } {
  if (delayUnit === 'minutes' || delayUnit === 'hours')
    return {
      at: base + delay * minute * (delayUnit === 'hours' ? 60 : 1),
      wholeDay: false,
      moved: [],
    }
  if (delay === 0) return { at: base, wholeDay: false, moved: [] }
  const { date: today, time } = localOf(base, user.zone)
  let date = today
  const moved: Moved[] = []
  if (delayUnit === 'days') date = addDays(today, Math.min(delay, mostDaysCounted))
  else
    for (let counted = 0, passed = 0; counted < delay && passed < mostDaysCounted; passed++) {
      date = addDays(date, 1)
      if (isWorkingDay(user, date)) counted++
      // A holiday on a weekend moves nothing.
      else if (spansOf(user, date).length > 0)
        moved.push({ reason: 'holiday', date, name: user.dayOff(date) ?? null })
    }
  // Where nothing limits the hours, the time of day stays.
  const wholeDay = workingTimeOnly || window !== null
  const at = wholeDay ? startOfDay(date, user.zone) : instantOf(`${date}T${time}`, user.zone)
  return { at, wholeDay, moved }
}
