/** Messages that wait: for an instant that a wrong clock gave them, or for so long that a person is asked first. */
import { DateTime } from 'luxon'
import type { Ground } from '../../kernel/ground'
import type { MessageRow } from './rows'
import { readSettings } from './settings'

const hour = 3_600_000

export function createWaiting({ database, clock, workspace, holds }: Ground) {
  /**
   * What was approved, put off or to be tried again under a clock that was ahead waits for the right
   * instant again. What a person wished, `send_after`, stays; quiet hours and limits are looked at
   * before anything goes out.
   */
  function mendWaits(): void {
    // A clock that cannot be right is no reason to change anything.
    if (holds.isHeld('clock')) return
    const now = clock.now()
    database
      .prepare(
        `update email_message set next_attempt_at = max(coalesce(send_after, 0), ?)
         where state = 'approved' and next_attempt_at > max(coalesce(send_after, 0), ?) and updated_at > ?`,
      )
      .run(now, now, now)
  }

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
    const due = DateTime.fromMillis(dueAt, { zone }).setLocale('en')
    const year = due.hasSame(DateTime.fromMillis(clock.now(), { zone }), 'year') ? '' : ' yyyy'
    return `It was due on ${due.toFormat(`cccc d LLLL${year}, HH:mm`)}, and has not gone out. Send it now, pick another time, or cancel it.`
  }

  return { mendWaits, whyLate, whyLateOn }
}
