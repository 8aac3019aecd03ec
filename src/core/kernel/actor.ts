/** Who calls, with which role, through which door. */
import type { Door, Role } from '../../contract/words'

export interface Actor {
  userId: string
  role: Role
  door: Door
}

/** What every procedure is given besides its input. */
export interface CoreContext {
  actor: Actor
}
