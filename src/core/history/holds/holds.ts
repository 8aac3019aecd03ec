/** What keeps everything from going out, as people see it, and what they answer. */
import type { HoldStatus } from '../../../contract/history/holds'
import type { Actor } from '../../kernel/actor'
import type { Writer } from '../../kernel/database/database'
import { newId } from '../../kernel/database/ids'
import { toInstant, toInstantOrNull } from '../../kernel/database/rows'
import { conflict } from '../../kernel/errors'
import type { Hold } from '../../kernel/holds/holds'
import type { Kernel } from '../../kernel/kernel'

export type HoldActions = ReturnType<typeof createHoldActions>

export interface HoldNeeds {
  /** How many e-mails go out once nothing holds them, and of how many nobody knows whether they did. */
  emails(): { waiting: number; unknown: number }
  /** The machine and the folder that the database is in now. */
  here(): { machine: string | null; folder: string }
  /** In a copy: stops cadences that send by themselves. Answers how many. */
  pauseCadences(writer: Writer): number
  /** In a copy: a person decides on what waited. Answers how many e-mails. */
  askAboutWaiting(writer: Writer): number
  /** Something may go out again. */
  released(): void
}

export function createHoldActions({ holds, clock, database }: Kernel, needs: HoldNeeds) {
  function status(): HoldStatus {
    return { holds: holds.current().map(toShape), ...needs.emails() }
  }

  function toShape({ reason, since, detail }: Hold): HoldStatus['holds'][number] {
    const common = { since: toInstant(since) }
    if (reason === 'clock')
      return {
        reason,
        ...common,
        lastSeen: toInstant(Number(detail.lastSeen)),
        now: toInstant(clock.now()),
      }
    if (reason === 'copied') {
      const { answer = null, unknown = 0, paused = 0 } = detail as CopiedDetail
      return { reason, ...common, answer, unknown, paused }
    }
    const { from = 'file', backupAt = null, replaced = 'none', carried } = detail as RestoredDetail
    return {
      reason,
      ...common,
      from,
      backupAt: toInstantOrNull(backupAt),
      replaced,
      carried: { sent: 0, unknown: 0, takenBack: 0, optOuts: 0, notifications: 0, ...carried },
    }
  }

  function release(reason: Hold['reason'], actor: Actor): HoldStatus {
    database.transaction(() => {
      if (!holds.release(reason, actor.userId))
        throw conflict('Sending is not on hold for this reason any more.')
    })
    needs.released()
    return status()
  }

  const copiedHold = () => {
    const found = holds.current().find(({ reason }) => reason === 'copied')
    if (!found) throw conflict('Nobody needs to know any more whether this database was copied.')
    return found.detail as CopiedDetail
  }

  /** From now on the database is at home where it is. */
  function place(actor: Actor, answer: 'moved' | 'copied'): HoldStatus {
    if (answer === 'moved') {
      database.transaction(() => {
        copiedHold()
        settle('is_copy = 0')
        holds.release('copied', actor.userId)
      })
      needs.released()
      return status()
    }
    database.act(actor, { label: 'Use this database as a copy', kind: 'system' }, (writer) => {
      if (copiedHold().answer === 'copied') return
      // What waited goes out from where it was copied from.
      const paused = needs.pauseCadences(writer)
      const unknown = needs.askAboutWaiting(writer)
      settle('is_copy = 1, key = ?', newId(writer.now))
      holds.hold('copied', { answer, unknown, paused } satisfies CopiedDetail)
    })
    return status()
  }

  function settle(values: string, ...parameters: string[]): void {
    const { machine, folder } = needs.here()
    database
      .prepare(`update installation set machine = ?, folder = ?, ${values} where id = 1`)
      .run(machine, folder, ...parameters)
  }

  function sendFromCopy(actor: Actor): HoldStatus {
    database.transaction(() => {
      if (copiedHold().answer !== 'copied')
        throw conflict('Say first whether this database was moved or copied.')
      holds.release('copied', actor.userId)
    })
    needs.released()
    return status()
  }

  return {
    status,
    place,
    sendFromCopy,
    resume: (actor: Actor) => release('restored', actor),
    clockIsRight: (actor: Actor) => release('clock', actor),
  }
}

/** What is kept with the hold that follows a restore. */
export interface RestoredDetail {
  from?: 'backup' | 'empty' | 'file'
  backupAt?: number | null
  replaced?: 'read' | 'in_part' | 'unreadable' | 'none'
  carried?: Partial<Record<'sent' | 'unknown' | 'takenBack' | 'optOuts' | 'notifications', number>>
}

/** What is kept with the hold of a database that was moved or copied. */
interface CopiedDetail {
  answer?: 'copied' | null
  unknown?: number
  paused?: number
}
