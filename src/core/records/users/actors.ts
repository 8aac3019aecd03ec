/** Who acts: the owner of this installation, or the user that a token belongs to. */
import type { Door, Role } from '../../../contract/kernel/words'
import type { Actor } from '../../kernel/actor'
import { notFound } from '../../kernel/errors'
import type { Kernel } from '../../kernel/kernel'
import { knownZone } from '../../kernel/time/zone'
import { hashOf } from './tokens'

export function createActors({ database, clock, workspace }: Kernel) {
  return {
    /** The active user a token belongs to. Marks the token as used, at most once a minute. */
    actorForToken(token: string, door: Door): Actor | undefined {
      const row = database.get<{
        id: string
        user_id: string
        role: Role
        last_used_at: number | null
      }>(
        `select api_token.id, api_token.user_id, api_token.last_used_at, user.role from api_token
         join user on user.id = api_token.user_id
         where hash = ? and user.active = 1 and user.deleted_at is null`,
        hashOf(token),
      )
      if (!row) return undefined
      const now = clock.now()
      if (row.last_used_at === null || Math.abs(now - row.last_used_at) > 60_000)
        database.prepare('update api_token set last_used_at = ? where id = ?').run(now, row.id)
      return { userId: row.user_id, role: row.role, door, tokenId: row.id }
    },

    /** Whether the actor could still come in as it did: for answers that last. */
    isCurrent({ userId, role, tokenId }: Actor): boolean {
      const row = database.get<{ role: Role }>(
        'select role from user where id = ? and (is_local = 1 or (active = 1 and deleted_at is null))',
        userId,
      )
      if (row?.role !== role) return false
      return (
        tokenId === undefined ||
        database.get('select 1 from api_token where id = ? and user_id = ?', tokenId, userId) !==
          undefined
      )
    },

    /** Where somebody is: the zone that their times are meant in. */
    zoneOf(userId: string | null): string {
      const own = userId
        ? database.value<string | null>('select timezone from user where id = ?', userId)
        : null
      return knownZone(own, workspace.timezone())
    },

    /** The owner of this installation. */
    localActor(door: Door): Actor {
      const row = database.get<{ id: string; role: Role }>(
        'select id, role from user where is_local = 1 order by seq limit 1',
      )
      if (!row) throw notFound('user of this installation')
      return { userId: row.id, role: row.role, door }
    },
  }
}
