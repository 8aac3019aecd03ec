/** Who may do what: the one place where roles become permissions. */
import type { Permission } from '../../contract/kernel/base'
import type { Role } from '../../contract/kernel/words'
import type { Actor } from './actor'
import { forbidden } from './errors'

const permissionsByRole: Record<Role, readonly Permission[]> = {
  admin: ['open', 'read', 'write', 'configure', 'import', 'export', 'administer'],
  manager: ['open', 'read', 'write', 'configure', 'import', 'export'],
  rep: ['open', 'read', 'write', 'import', 'export'],
}

export const permissionsOf = (role: Role): readonly Permission[] => permissionsByRole[role]

/** @throws forbidden when the actor's role lacks the permission */
export function requirePermission(actor: Actor, permission: Permission): void {
  if (!permissionsByRole[actor.role].includes(permission)) throw forbidden()
}

/** Admins and managers see every row; a rep sees its own. */
export const seesAll = (actor: Actor): boolean => actor.role !== 'rep'
