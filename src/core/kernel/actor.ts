/** Who calls, with which role, through which door. */
import type { Door, Role } from '../../contract/kernel/words'
import type { Schema } from './database/schema'

export interface Actor {
  userId: string
  role: Role
  door: Door
  /** The API token it came in by, where it did: what lasts ends when that is revoked. */
  tokenId?: string
  /** Runs first in the transaction that writes for this call; throws where it may not write. */
  precondition?: (database: Reader) => void
}

/** What a precondition reads by. */
export interface Reader {
  readonly schema: Schema
  all<T>(sql: string, ...parameters: (string | number | null)[]): T[]
  get<T>(sql: string, ...parameters: (string | number | null)[]): T | undefined
}

/** What every procedure is given besides its input. */
export interface CoreContext {
  actor: Actor
}
