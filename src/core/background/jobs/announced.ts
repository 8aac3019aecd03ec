/** What has been announced, so that nothing is announced twice. */
import type { Kernel } from '../../kernel/kernel'

export type Announced = ReturnType<typeof createAnnounced>

export function createAnnounced({ database, clock }: Kernel) {
  /** Answers whether it had not been announced before. In a transaction with the announcement. */
  const add = (key: string): boolean =>
    database
      .prepare('insert into told (key, at) values (?, ?) on conflict (key) do nothing')
      .run(key, clock.now()).changes > 0
  return { add }
}
