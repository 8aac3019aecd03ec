/** Tokens by which other programs act as a user: shown once, kept as a hash. */
import { createHash, randomBytes } from 'node:crypto'
import type { Actor } from '../../kernel/actor'
import { type RowOf, toInstant, toInstantOrNull } from '../../kernel/database/rows'
import { notFound } from '../../kernel/errors'
import type { Kernel } from '../../kernel/kernel'
import { quoted } from '../../kernel/records/records'
import { apiToken } from './table'

type TokenRow = RowOf<typeof apiToken>

export const hashOf = (token: string) => createHash('sha256').update(token).digest('hex')

/** @param needs.requireUser refuses users that are not there */
export function createTokens(
  { database }: Kernel,
  { requireUser }: { requireUser(actor: Actor, id: string): { id: string; name: string } },
) {
  const tokenShape = (row: TokenRow) => ({
    id: row.id,
    name: row.name,
    createdAt: toInstant(row.created_at),
    lastUsedAt: toInstantOrNull(row.last_used_at),
  })

  return {
    list(actor: Actor, userId: string) {
      requireUser(actor, userId)
      return database
        .all<TokenRow>('select * from api_token where user_id = ? order by rowid', userId)
        .map(tokenShape)
    },
    create(actor: Actor, input: { id: string; name: string }) {
      const owner = requireUser(actor, input.id)
      const token = `rapport_${randomBytes(32).toString('base64url')}`
      let id = ''
      database.act(
        actor,
        { label: `Create API token ${quoted(input.name)} for ${owner.name}`, kind: 'system' },
        (writer) => {
          id = writer.insert(apiToken, {
            userId: owner.id,
            name: input.name,
            hash: hashOf(token),
          })
        },
      )
      const row = database.get<TokenRow>('select * from api_token where id = ?', id)
      return { ...tokenShape(row as TokenRow), token }
    },
    revoke(actor: Actor, input: { id: string; tokenId: string }) {
      const row = database.get<TokenRow>(
        'select * from api_token where id = ? and user_id = ?',
        input.tokenId,
        input.id,
      )
      if (!row) throw notFound('token')
      database.act(
        actor,
        { label: `Revoke API token ${quoted(row.name)}`, kind: 'system' },
        (writer) => writer.remove(apiToken, row.id),
      )
      return { id: row.id }
    },
  }
}
