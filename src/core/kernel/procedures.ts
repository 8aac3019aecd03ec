/** Binds the contract: every procedure first passes the one check of roles. */
import { implement } from '@orpc/server'
import { contract } from '../../contract'
import type { ProcedureMeta } from '../../contract/kernel/base'
import { deepestInput, isDeeper } from '../../contract/kernel/shapes'
import type { CoreContext } from './actor'
import { requirePermission } from './authorisation'
import { invalid } from './errors'

declare global {
  /** What the build puts in place: true in the built program, false in tests. */
  interface ImportMetaEnv {
    PROD: boolean
  }
  interface ImportMeta {
    readonly env: ImportMetaEnv
  }
}

/**
 * Whether the core's own answers are held against the contract's shapes. Tests do; in the built
 * program it would cost several times what finding the answer does.
 */
const checksAnswers = !import.meta.env.PROD

export const bind = implement(contract)
  .$context<CoreContext>()
  // oRPC's way of saying at no step: https://orpc.unnoq.com/docs/advanced/validation
  .$config({ initialOutputValidationIndex: checksAnswers ? 0 : Number.NaN })
  .use(({ context, procedure, next }, input) => {
    const { permission } = procedure['~orpc'].meta as ProcedureMeta
    requirePermission(context.actor, permission)
    // A body of another kind arrives as a file; its name is no name of a record.
    if (input instanceof Blob) throw invalid('', 'must be JSON')
    // Checked before the shapes are: they, too, go down level by level.
    if (isDeeper(input, deepestInput)) throw invalid('', 'must not be nested this deeply')
    return next()
  })
