/** What was announced while the clock was ahead is announced again once its time really comes. */
import type { Actor } from '../../kernel/actor'
import type { Kernel } from '../../kernel/kernel'
import { dateIn } from '../../kernel/time/zone'
import { itemKinds } from './items'

const hour = 3_600_000
const day = 24 * hour
/** Announced earlier than by this much was too early; clocks are corrected by seconds every day. */
const tolerance = hour

/** Under this name is kept up to which hold confirmations were looked at. */
const reader = 'told_early'

/** SQL of the instant that a key of `notification` or `told` ends with; it has thirteen digits until the year 2286. */
const instantOfKey = 'cast(substr(key, -13) as integer)'

export function createEarlyCorrection(
  { database, clock, holds }: Kernel,
  { systemActor }: { systemActor(): Actor },
) {
  /** What was corrected last: nothing new is early while the clock runs on from there. */
  let known: { latest: number; now: number } | undefined

  /** To be asked before anything is announced; costs one look at an index while nothing is ahead. */
  function correct(): void {
    const now = clock.now()
    const latest = database.value<number>('select at from notification order by at desc limit 1')
    const confirmed = confirmation()
    const tooEarly = Math.min(now, confirmed?.since ?? now) + tolerance
    if (latest === undefined || latest <= tooEarly) {
      // Nothing was: what is announced from now on is at its time, and that answer says nothing of it.
      if (confirmed) keepCursor(confirmed.seq)
      return
    }
    // A clock that cannot be right is no reason to announce anything again.
    if (holds.isHeld('clock')) return
    const isCorrected = !confirmed && known?.latest === latest && now >= known.now
    known = { latest, now }
    if (isCorrected) return
    database.transaction(() => {
      if (confirmed) keepCursor(confirmed.seq)
      for (const kind of itemKinds)
        database
          .prepare(`update ${kind} set notified_for = null where notified_for > ?`)
          .run(tooEarly)
      database
        .prepare(`delete from told where at > ? and (key like 'stale:%' or ${instantOfKey} > ?)`)
        .run(tooEarly, tooEarly)
      // Under another key, so that the right one can be posted. Digests of what was missed stay as they are.
      database
        .prepare(
          `update notification set key = key || ':early:' || seq, read_at = coalesce(read_at, ?),
             settled = 0, updated_at = ?
           where at > ? and key not like '%:early:%' and (
             kind in ('reminder_due', 'task_due', 'activity_due', 'plan_step_due', 'overdue', 'upcoming')
               and key not like 'catch_up:%' and ${instantOfKey} > ?
             or kind = 'daily_summary' and substr(key, -10) > ? or kind = 'lead_stale')`,
        )
        .run(now, now, tooEarly, tooEarly, dateIn(now + day, 'UTC'))
    })
    correctSnoozes(now)
    database.announce(null, { notification: null })
  }

  /**
   * When the clock was set to what somebody then confirmed, where that has not been looked at yet:
   * nothing was announced in between, however long the answer took.
   */
  const confirmation = () =>
    database.get<{ seq: number; since: number }>(
      `select seq, since from hold where reason = 'clock' and released_by is not null and since <= ?
         and seq > coalesce((select seq from change_cursor where reader = ?), 0)
       order by seq desc limit 1`,
      clock.now(),
      reader,
    )

  const keepCursor = (seq: number) =>
    database
      .prepare(
        `insert into change_cursor (reader, seq) values (?, ?)
         on conflict (reader) do update set seq = excluded.seq`,
      )
      .run(reader, seq)

  /** A snooze of ten minutes that began on a day to come lasts ten minutes from now. */
  function correctSnoozes(now: number): void {
    database.act(
      systemActor(),
      { label: 'Correct snoozes set while the clock was wrong', kind: 'system' },
      (writer) =>
        writer.run(
          `update reminder set snoozed_until = ? + max(snoozed_until - updated_at, 0), updated_at = ?
           where status = 'snoozed' and deleted_at is null and updated_at > ? and snoozed_until > ?`,
          now,
          now,
          now + day,
          now + day,
        ),
    )
  }

  return correct
}
