/** Messages that have waited for so long that a person is asked before they go out. */
import type { Kernel } from '../../kernel/kernel'
import { dayText, timeText } from '../../kernel/time/time-text'
import { zonedTime } from '../../kernel/time/zone'
import type { MessageRow } from './rows'
import { readSettings } from './settings'

const hour = 3_600_000

export type Lateness = ReturnType<typeof createLateness>

export function createLateness({ database, clock, workspace }: Kernel) {
  /**
   * Why a person is asked before this message goes out: its time passed so long ago that it may no
   * longer fit. Time in which its account sends as fast as it may does not count.
   * @param freeAt when the account could send its next one, epoch milliseconds
   */
  function whyLate(row: MessageRow, freeAt: number, now: number): string | undefined {
    if (now - Math.max(row.next_attempt_at, freeAt) <= lateAfter()) return undefined
    return lateText(row.send_after ?? row.next_attempt_at, row.user_id)
  }

  /** The same for what comes into the outbox long after it was due. */
  const whyLateOn = (dueAt: number, userId: string | null): string | undefined =>
    clock.now() - dueAt <= lateAfter() ? undefined : lateText(dueAt, userId)

  const lateAfter = () => readSettings(database).lateHours * hour

  function lateText(dueAt: number, userId: string | null): string {
    const zone =
      database.value<string | null>('select timezone from user where id = ?', userId) ??
      workspace.timezone()
    const due = zonedTime(dueAt, zone)
    const year = due.year === zonedTime(clock.now(), zone).year ? '' : ` ${due.year}`
    return `It was due on ${dayText(due, 'long')}${year}, ${timeText(due)}, and has not gone out. Send it now, pick another time, or cancel it.`
  }

  return { whyLate, whyLateOn }
}
