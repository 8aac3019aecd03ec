/** What the next step of a lead and its silence say. */
import type { StepSignal } from '../../../contract/records/words'
import type { Kernel } from '../../kernel/kernel'
import { quietSince } from '../../kernel/time/past'
import { dateIn, endOfDay } from '../../kernel/time/zone'
import type { LeadRow } from './source'

const dayInMilliseconds = 86_400_000

type Signalled = Pick<
  LeadRow,
  | 'status'
  | 'next_step_at'
  | 'next_step_day'
  | 'last_activity_at'
  | 'stage_entered_at'
  | 'rotting_days'
>
export type SignalOf = (row: Signalled) => { signal: StepSignal; rotting: boolean }

/** @returns what makes the reader of rows as of now */
export function createSignals({ clock, workspace }: Kernel): () => SignalOf {
  let today = { zone: '', from: 0, date: '', until: 0 }

  /** The present day where the workspace is, and when it ends; computed once a minute because zone maths is slow. */
  function presentDay(now: number): { date: string; until: number } {
    const zone = workspace.timezone()
    const from = Math.floor(now / 60_000)
    if (today.zone !== zone || today.from !== from) {
      const date = dateIn(now, zone)
      today = { zone, from, date, until: endOfDay(date, zone) }
    }
    return today
  }

  return () => {
    const now = clock.now()
    const { date, until } = presentDay(now)
    return (row) => {
      const { next_step_at: next, next_step_day: day } = row
      const isOver = next !== null && (day === null ? next < now : day < date)
      const isToday = next !== null && (day === null ? next < until : day === date)
      const touched = quietSince(now, row.stage_entered_at, row.last_activity_at)
      return {
        signal: next === null ? 'none' : isOver ? 'overdue' : isToday ? 'today' : 'planned',
        rotting:
          row.status === 'open' &&
          row.rotting_days !== null &&
          (next === null || isOver) &&
          touched < now - row.rotting_days * dayInMilliseconds,
      }
    }
  }
}
