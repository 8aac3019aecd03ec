/** Days off shown as spans: those that follow each other under one name are shown as one. Pure. */
import type * as z from 'zod'
import type { DayOff } from '../../../../contract/agenda/working-hours'

type Day = z.infer<typeof DayOff>

export interface Run {
  name: string
  source: Day['source']
  user: Day['user']
  /** ISO dates, both included. */
  from: string
  to: string
  days: number
  /** Of those that are stored. */
  ids: string[]
}

const dayAfter = (date: string) =>
  new Date(Date.parse(`${date}T00:00:00Z`) + 86_400_000).toISOString().slice(0, 10)

/** @param days by date */
export function runsOf(days: readonly Day[]): Run[] {
  const runs: Run[] = []
  for (const { id, date, name, source, user } of days) {
    const open = runs.find(
      (run) =>
        run.name === name &&
        run.source === source &&
        run.user?.id === user?.id &&
        dayAfter(run.to) === date,
    )
    if (open) {
      open.to = date
      open.days++
      if (id) open.ids.push(id)
    } else runs.push({ name, source, user, from: date, to: date, days: 1, ids: id ? [id] : [] })
  }
  return runs
}
