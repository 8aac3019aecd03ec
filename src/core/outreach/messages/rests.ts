/**
 * Accounts that could not sign in or reach their server rest for a while, longer each time, so that a
 * queue of messages is not spent on a wrong password or a night without a network.
 */

import type { MailOutcome } from '../../kernel/host/mailer'
import type { Clock } from '../../kernel/time/clock'
import type { MailAccountRow } from '../accounts/accounts'

const minute = 60_000
const pauses = [1, 5, 15].map((minutes) => minutes * minute)

export interface Rest {
  account: MailAccountRow
  message: string
  since: number
  until: number
  failures: number
}

/** Whether it failed before the message itself was spoken of. */
export const isOfAccount = (outcome: MailOutcome): boolean =>
  outcome.outcome === 'failed' &&
  (outcome.failure === 'account' || outcome.failure === 'connection')

export function createRests(clock: Clock) {
  const rests = new Map<string, Rest>()
  /** One that began in the future began under a wrong clock, and is over. */
  const isNow = ({ since, until }: Rest) => since <= clock.now() && until > clock.now()

  return {
    /** An account that was changed since may be tried at once. */
    until(account: MailAccountRow): number {
      const rest = rests.get(account.id)
      return rest && rest.account.updated_at === account.updated_at && isNow(rest) ? rest.until : 0
    },

    /** What became of an account's message. */
    hear(account: MailAccountRow, outcome: MailOutcome): void {
      if (outcome.outcome !== 'failed' || !isOfAccount(outcome)) {
        rests.delete(account.id)
        return
      }
      const failures = (rests.get(account.id)?.failures ?? 0) + 1
      const pause = pauses[Math.min(failures, pauses.length) - 1] ?? minute
      rests.set(account.id, {
        account,
        message: outcome.message,
        since: clock.now(),
        until: clock.now() + pause,
        failures,
      })
    },

    /** All may be tried at once; how often they failed is not forgotten. */
    end(): void {
      for (const rest of rests.values()) rest.until = 0
    },

    /** Those that rest now. */
    all: (): Rest[] => [...rests.values()].filter(isNow),
  }
}
