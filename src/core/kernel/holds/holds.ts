/**
 * The one gate for everything that leaves Rapport or cannot be taken back: e-mail, and whatever
 * else acts outside. While there is a hold nothing passes, until a person has looked at why.
 */
import type { HoldReason } from '../../../contract/kernel/words'
import type { Database } from '../database/database'
import { newId } from '../database/ids'
import { type Witness, writeWitness } from '../file/witness'

export interface Hold {
  reason: HoldReason
  /** Epoch milliseconds. */
  since: number
  /** What the person who decides needs to know; its shape is its reason's own. */
  detail: Record<string, unknown>
}

export type Holds = ReturnType<typeof createHolds>

/** A machine may be off for long; beyond half a year its clock is asked about. */
const longestAbsence = 183 * 86_400_000
/** Clocks are put right by hours; a machine with two systems may be off by its zone. */
const largestCorrection = 86_400_000
/** How often it is noted that the clock was believed. */
const noteEvery = 60_000

/** Gives a database its row. What it knows of the time is when its last change was made. */
export function prepareInstallation(database: Database): void {
  if (database.get('select 1 from installation')) return
  database
    .prepare(
      `insert or ignore into installation (id, key, last_seen)
       values (1, ?, (select at from change order by seq desc limit 1))`,
    )
    .run(newId(database.clock.now()))
}

/** @param directory the data folder, where it is also noted how much has gone out */
export function createHolds(database: Database, directory: string) {
  const { clock } = database

  /**
   * Everything that holds now; none where things may go out. To be asked within the transaction
   * that takes something to send: it looks at the clock, too, and holds where that cannot be right.
   */
  function current(): Hold[] {
    checkClock()
    return database
      .all<{ reason: HoldReason; since: number; detail: string }>(
        'select reason, since, detail from hold where released_at is null order by seq',
      )
      .map(({ reason, since, detail }) => ({ reason, since, detail: JSON.parse(detail) }))
  }

  /** Begins to hold; one that holds for this reason already learns the new details. */
  function hold(reason: HoldReason, detail: Record<string, unknown> = {}): void {
    const now = clock.now()
    database
      .prepare(
        `insert into hold (id, reason, since, detail) values (?, ?, ?, ?)
         on conflict (reason) where released_at is null do update set detail = excluded.detail`,
      )
      .run(newId(now), reason, now, JSON.stringify(detail))
    database.announce(null, { hold: null })
  }

  /** @param userId who decided it; null where what held is over by itself. Answers whether it held. */
  function release(reason: HoldReason, userId: string | null): boolean {
    const released = database
      .prepare(
        'update hold set released_at = ?, released_by = ? where reason = ? and released_at is null',
      )
      .run(clock.now(), userId, reason).changes
    if (reason === 'clock' && userId !== null) believe(clock.now())
    if (released > 0) database.announce(null, { hold: null })
    return released > 0
  }

  /**
   * Something is about to leave, or somebody asked not to be written to: counted here and beside
   * the database, so that an older file in its place is noticed. To be called outside of a
   * transaction, after what is to leave was taken and before it goes.
   */
  function leaving(): void {
    database.transaction(() =>
      database.prepare('update installation set effects = effects + 1 where id = 1').run(),
    )
    const now = database.get<Witness>('select key, effects from installation where id = 1')
    if (now) writeWitness(directory, now)
  }

  const believe = (now: number) =>
    database.prepare('update installation set last_seen = ? where id = 1').run(now)

  /**
   * Compares the clock with when it was last believed. One that cannot be right holds everything
   * until a person says that it is, or until it is right again.
   */
  function checkClock(): void {
    const lastSeen = database.value<number | null>(
      'select last_seen from installation where id = 1',
    )
    const now = clock.now()
    if (lastSeen === undefined) return
    const isImplausible =
      lastSeen !== null && (now < lastSeen - largestCorrection || now > lastSeen + longestAbsence)
    const holds = database.get(`select 1 from hold where reason = 'clock' and released_at is null`)
    if (isImplausible) {
      if (!holds) hold('clock', { lastSeen })
      return
    }
    if (holds) release('clock', null)
    if (lastSeen === null || now < lastSeen || now >= lastSeen + noteEvery) believe(now)
  }

  return {
    current,
    /** Whether anything holds; by one reason where it is named. */
    isHeld: (reason?: HoldReason): boolean =>
      current().some((one) => reason === undefined || one.reason === reason),
    hold,
    release,
    leaving,
  }
}
