/** What an import of a calendar file answers: how many of each outcome, and the entries one by one. */
import type {
  CalendarEntry,
  CalendarImport,
  CalendarOutcome,
} from '../../../contract/agenda/calendar'
import { calendarOutcomes } from '../../../contract/agenda/calendar'
import { toInstant } from '../../kernel/database/rows'
import { dateIn } from '../../kernel/time/zone'
import type { Dropped, Planned } from './planned'
import type { ReadCalendar } from './read-calendar'

const mostShown = 1000
/** More than anybody would name one by one. */
const mostUnknownZones = 100

export function reportOf(
  read: ReadCalendar,
  { planned, dropped }: { planned: Planned[]; dropped: Dropped[] },
): Pick<CalendarImport, 'counts' | 'entries' | 'unknownZones'> {
  const counts = Object.fromEntries(calendarOutcomes.map((outcome) => [outcome, 0])) as Record<
    CalendarOutcome,
    number
  >
  const entries: CalendarEntry[] = []
  const add = (entry: CalendarEntry) => {
    counts[entry.outcome] += 1
    if (entries.length < mostShown) entries.push(entry)
  }
  const isShown = () => entries.length < mostShown
  // What somebody has to look at comes first.
  for (const { kind, uid, recurrenceId, summary, reason, raw, skipped } of read.refusals)
    add({
      kind,
      alarms: [],
      uid,
      recurrenceId,
      summary,
      start: null,
      end: null,
      allDay: false,
      day: null,
      zone: null,
      outcome: skipped ? 'skipped' : 'quarantined',
      reason,
      raw: skipped || !isShown() ? null : raw().slice(0, 4000),
    })
  for (const { candidate, outcome, reason } of planned) {
    const { item, start } = candidate
    add({
      kind: candidate.kind,
      alarms: item.alarms,
      uid: candidate.uid,
      recurrenceId: candidate.recurrenceId,
      summary: item.summary,
      start: start && toInstant(start.instant),
      end: start && toInstant(start.instant + item.durationMinutes * 60_000),
      allDay: start?.isDate ?? false,
      day: start?.isDate ? dateIn(start.local, 'UTC') : null,
      zone: start?.zone ?? null,
      outcome,
      reason,
      raw: null,
    })
  }
  for (const { uid, recurrenceId, summary, start, day } of dropped)
    add({
      kind: 'event',
      alarms: [],
      uid,
      recurrenceId,
      summary,
      start: toInstant(start),
      end: null,
      allDay: day !== null,
      day,
      zone: null,
      outcome: 'cancelled',
      reason: 'its series does not have it any more',
      raw: null,
    })
  return {
    counts,
    entries,
    unknownZones: [...read.unknownZones].slice(0, mostUnknownZones).map(([name, items]) => ({
      name,
      items,
      suggestions: read.zones.suggest(name),
    })),
  }
}
