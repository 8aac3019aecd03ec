/** What digests have mentioned, so that nothing is mentioned twice. */
import type { Kernel } from '../../kernel/kernel'

export type Told = ReturnType<typeof createTold>

export function createTold({ database, clock }: Kernel) {
  /** Answers whether it had not been told before. In a transaction with the telling. */
  const add = (key: string): boolean =>
    database
      .prepare('insert into told (key, at) values (?, ?) on conflict (key) do nothing')
      .run(key, clock.now()).changes > 0
  return { add }
}
