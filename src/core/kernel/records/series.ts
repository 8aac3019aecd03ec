/** Rows that recur: each occurrence is a row of its own, and all occurrences of a rule share a series. */
import type { Database, Writer } from '../database/database'
import { checkedRecurrence, nextOccurrence } from '../time/recurrence'
import { instantOf } from '../time/wall-time'
import { knownZone } from '../time/zone'

/** What a row stores of its series. */
export interface OfSeries {
  zone: string | null
  recurrence: string | null
  series_id: string | null
  /** Which one of its rule it is: the local time or day that the rule gives. */
  occurrence: string | null
}

export const noSeries = { recurrence: null, seriesId: null, occurrence: null }

/**
 * The columns of a series that begins with this occurrence.
 * @throws invalid where the rule cannot be followed
 */
export const newSeries = (writer: Pick<Writer, 'newId'>, rule: string, occurrence: string) => ({
  recurrence: checkedRecurrence(rule, occurrence),
  seriesId: writer.newId(),
  occurrence,
})

/** Whether a change starts the series over, or ends it: with another rule, or with a rule that comes along with another time. */
export const startsOver = (
  row: OfSeries,
  rule: string | null | undefined,
  isMoved: boolean,
): boolean => rule !== undefined && (rule !== row.recurrence || (isMoved && rule !== null))

/**
 * The columns of the occurrence that follows a row; undefined where there is none, or it is there already,
 * however often the row is completed.
 * @param after only later than this instant, so that a long absence leaves no backlog
 * @param usualZone where the row names none
 */
export function nextInSeries(
  database: Database,
  table: string,
  row: OfSeries,
  { after, usualZone }: { after: number; usualZone: string },
) {
  if (row.recurrence === null || row.series_id === null || row.occurrence === null) return undefined
  const next = nextOccurrence(
    { rule: row.recurrence, at: row.occurrence, zone: knownZone(row.zone, usualZone) },
    after,
  )
  const isThere = (occurrence: string) =>
    database.get(
      `select 1 from ${table} where series_id = ? and occurrence = ?`,
      row.series_id,
      occurrence,
    ) !== undefined
  if (!next || isThere(next.at)) return undefined
  return {
    at: instantOf(next.at, next.zone),
    columns: {
      wallTime: next.at,
      zone: next.zone,
      recurrence: next.rule,
      seriesId: row.series_id,
      occurrence: next.at,
    },
  }
}
