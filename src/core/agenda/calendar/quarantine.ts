/** What of calendar files could not be read: kept until somebody names a zone, or discards it. */
import type { Actor } from '../../kernel/actor'
import { type RowOf, toInstant } from '../../kernel/database/rows'
import { notFound } from '../../kernel/errors'
import type { Kernel } from '../../kernel/kernel'
import { calendarItem } from './table'

type ItemRow = RowOf<typeof calendarItem>

export function createQuarantine({ database }: Kernel) {
  /** @throws not_found */
  function requireItem(actor: Actor, id: string): ItemRow {
    const row = database.get<ItemRow>(
      `select * from calendar_item where id = ? and user_id = ? and state = 'quarantined'`,
      id,
      actor.userId,
    )
    if (!row) throw notFound('quarantined event')
    return row
  }

  return {
    requireItem,
    list: (actor: Actor) =>
      database
        .all<ItemRow>(
          `select * from calendar_item where user_id = ? and state = 'quarantined'
           order by rowid desc limit 500`,
          actor.userId,
        )
        .map((row) => ({
          id: row.id,
          reason: row.reason ?? '',
          raw: row.raw,
          createdAt: toInstant(row.created_at),
        })),
    discard(actor: Actor, id: string) {
      const { reason } = requireItem(actor, id)
      database.act(
        actor,
        { label: `Discard a calendar event that could not be read (${reason ?? ''})` },
        (writer) => writer.remove(calendarItem, id),
      )
      return { id }
    },
  }
}
