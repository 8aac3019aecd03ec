/** Entry of the thread of long reads: the same procedures, on a connection that only reads. */
import { setImmediate as nextTurn } from 'node:timers/promises'
import { workerData } from 'node:worker_threads'
import { RPCHandler } from '@orpc/server/message-port'
import { createReadingRouter } from '../assembly/reading'
import type { CoreContext } from '../kernel/actor'
import { explainStorage } from '../kernel/database/storage'
import { openForReading } from '../kernel/file/open-file'
import { beginCall, continueCall, GivenUp } from '../kernel/reading/call-memory'
import { type CallFacts, callHeader, type ReadingThreadData } from '../kernel/reading/long-reads'
import { systemClock } from '../kernel/time/clock'
import { unwatched } from '../kernel/watch/heartbeat'
import { createWatch } from '../kernel/watch/watch'
import { createRefusing } from './problem'

const { directory, memory, calls, life } = workerData as ReadingThreadData
const report = (error: unknown) => console.error(error)
process.on('unhandledRejection', report)

const connection = openForReading(directory)
const { database, router } = createReadingRouter(connection, {
  ...{ clock: systemClock, directory, report },
  watch: createWatch({
    directory,
    clock: systemClock,
    heartbeat: { ...unwatched, statement: () => continueCall(memory) },
    keepsFile: false,
  }),
})

interface CallContext extends CoreContext {
  number: number
}
let last = Promise.resolve()

/** One call after the other, each on one state of the database; those that nobody waits for any more are left out. */
function inTurn<Result>(
  { context, signal }: { context: CoreContext; signal?: AbortSignal | undefined },
  next: () => Promise<Result>,
): Promise<Result> {
  const answer = last.then(async () => {
    // Whoever went away while another call ran is heard of first.
    await nextTurn()
    if (signal?.aborted) throw new GivenUp()
    beginCall(memory, (context as CallContext).number)
    return await database.onOneState(next)
  })
  last = answer.then(
    () => {},
    () => {},
  )
  return answer
}

const handler = new RPCHandler<CoreContext>(router, {
  interceptors: [
    ({ request, next, ...options }) => {
      const { number, actor } = JSON.parse(String(request.headers[callHeader])) as CallFacts
      const context: CallContext = { actor, number }
      return next({ ...options, request, context })
    },
  ],
  clientInterceptors: [
    createRefusing(report, (error) => explainStorage(error, directory)),
    ({ next, ...options }) => inTurn(options, () => next()),
  ],
})

let isEnding = false
function end() {
  if (isEnding) return
  isEnding = true
  calls.close()
  void last.then(() => {
    connection.close()
    life.close()
  })
}
life.once('message', end)
// The core's thread has ended.
life.once('close', end)
handler.upgrade(calls, { context: { actor: { userId: '', role: 'rep', door: 'system' } } })
calls.start()
