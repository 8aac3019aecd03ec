/** The notification centre: what somebody was notified of, newest first, read and answered. */
import type { contract } from '../../../contract'
import type { NoticeAnswer, NoticePlace } from '../../../contract/background/notifications'
import type { InputOf } from '../../../contract/kernel/base'
import type { Actor } from '../../kernel/actor'
import type { SqlValue } from '../../kernel/database/database'
import { toInstant } from '../../kernel/database/rows'
import { notFound } from '../../kernel/errors'
import type { Kernel } from '../../kernel/kernel'
import type { Outbox } from './outbox'
import type { SubjectKind } from './post'
import {
  type NotificationRow,
  recordOf,
  selectNotification,
  seqBefore,
  toNotification,
} from './rows'

type ListInput = InputOf<(typeof contract)['notifications']['list']>

export interface CentreNeeds {
  /** What the buttons of a notification do; nothing to what is done or gone. */
  act(
    actor: Actor,
    target: { kind: SubjectKind; id: string },
    action: { type: 'complete' } | { type: 'snooze'; until: string },
  ): void
}

/** How long the snooze button of a popup puts something off, in milliseconds. */
const popupSnooze = 10 * 60_000

export function createCentre(
  { database, clock }: Kernel,
  { act, outbox }: CentreNeeds & { outbox: Outbox },
) {
  function list(actor: Actor, input: ListInput) {
    const clauses = ['user_id = ?']
    const parameters: SqlValue[] = [actor.userId]
    if (input.unread) clauses.push('read_at is null')
    if (input.kind) {
      clauses.push(`kind in (${input.kind.map(() => '?').join(', ')})`)
      parameters.push(...input.kind)
    }
    const where = clauses.join(' and ')
    const before = seqBefore(input.cursor)
    const rows = database.all<NotificationRow>(
      `${selectNotification} where ${where} and seq < ? order by seq desc limit ?`,
      ...parameters,
      before,
      input.limit + 1,
    )
    const page = rows.slice(0, input.limit)
    return {
      items: page.map(toNotification),
      nextCursor: rows.length > page.length ? String(page.at(-1)?.seq) : null,
      total: Number(
        database.value(`select count(*) from notification where ${where}`, ...parameters),
      ),
      unread: unread(actor.userId),
    }
  }

  const unread = (userId: string): number =>
    Number(
      database.value(
        'select count(*) from notification where user_id = ? and read_at is null',
        userId,
      ),
    )

  function requireOwn(actor: Actor, id: string): NotificationRow {
    const row = database.get<NotificationRow>(
      `${selectNotification} where id = ? and user_id = ?`,
      id,
      actor.userId,
    )
    if (!row) throw notFound('notification')
    return row
  }

  function read(actor: Actor, id: string) {
    requireOwn(actor, id)
    const { changes } = database
      .prepare(
        'update notification set read_at = ?, updated_at = ? where id = ? and read_at is null',
      )
      .run(clock.now(), clock.now(), id)
    if (changes > 0) database.announce(actor.userId, { notification: [id] })
    return { id }
  }

  function readAll(actor: Actor) {
    const { changes } = database
      .prepare(
        'update notification set read_at = ?, updated_at = ? where user_id = ? and read_at is null',
      )
      .run(clock.now(), clock.now(), actor.userId)
    if (changes > 0) database.announce(actor.userId, { notification: null })
    return { read: changes }
  }

  /**
   * What somebody did with a popup. The same answer may come twice: what is done stays done, and
   * what was put off is not put off further.
   */
  function answer(actor: Actor, { notificationId, action }: NoticeAnswer): NoticePlace {
    const row = requireOwn(actor, notificationId)
    const isCurrent = row.subject_due !== null && row.key.endsWith(`:${row.subject_due}`)
    if (row.subject_kind && row.subject_id) {
      const target = { kind: row.subject_kind, id: row.subject_id }
      if (action === 'complete' && row.subject_due !== null)
        act(actor, target, { type: 'complete' })
      if (action === 'snooze' && isCurrent)
        act(actor, target, { type: 'snooze', until: toInstant(clock.now() + popupSnooze) })
    }
    const several = outbox.showedSeveral(notificationId)
    if (!several) read(actor, notificationId)
    return {
      record: several ? null : recordOf(row),
      screen: row.kind === 'plan_step_due' && !several ? 'queue' : 'today',
    }
  }

  return { list, unread, read, readAll, answer }
}
