/** Who runs jobs on this database: one program at a time, whatever the clocks do. */
import type { Kernel } from '../../kernel/kernel'

/** How long a program that is not heard of any more keeps others waiting, in milliseconds. */
export const leaseLength = 60_000

export function createLease({ database, clock }: Kernel, holder: string) {
  const name = 'jobs'

  /**
   * Takes or renews it; to be asked in the transaction that the work is taken in. A lease that lasts
   * longer than any is given was made under another time: it does not count.
   */
  function take(): boolean {
    const now = clock.now()
    return (
      database
        .prepare(
          `insert into lease (name, holder, expires_at) values (?, ?, ?)
           on conflict (name) do update set holder = excluded.holder, expires_at = excluded.expires_at
           where holder = excluded.holder or expires_at <= ? or expires_at > ?`,
        )
        .run(name, holder, now + leaseLength, now, now + leaseLength).changes > 0
    )
  }

  return {
    take,
    /** Others need not wait. */
    giveUp: () => void database.prepare('delete from lease where holder = ?').run(holder),
    /** Where no other program can be running. */
    takeOver: () => void database.prepare('delete from lease where name = ?').run(name),
  }
}
