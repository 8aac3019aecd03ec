/** Binds the contract: every procedure first passes the one check of roles. */
import { implement } from '@orpc/server'
import { contract } from '../../contract'
import type { Permission } from '../../contract/base'
import type { CoreContext } from './actor'
import { requirePermission } from './authorisation'

export const bind = implement(contract)
  .$context<CoreContext>()
  .use(({ context, procedure, next }) => {
    const { permission } = procedure['~orpc'].meta as { permission: Permission }
    requirePermission(context.actor, permission)
    return next()
  })
