/** Long reads that come through a door are answered by the thread for them, and are no work of this one then. */
import type { Core } from '../core'
import type { CoreContext } from '../kernel/actor'
import { isLongRead } from '../kernel/reading/long-reads'

interface Call<Result> {
  context: CoreContext
  procedure: Parameters<typeof isLongRead>[0]
  path: readonly string[]
  input: unknown
  signal?: AbortSignal | undefined
  next(): Promise<Result>
}

export const createPassingOn =
  (longReads: Core['longReads']) =>
  <Result>({ context, procedure, path, input, signal, next }: Call<Result>): Promise<Result> => {
    const reads = isLongRead(procedure) ? longReads() : undefined
    return reads ? reads.call({ path, input, actor: context.actor, signal }, next) : next()
  }
