/**
 * Long reads are answered on a thread of their own, by a connection that only reads: meanwhile the core's thread answers
 * everything else. The thread is started by the first of them, or ahead when the start is over.
 */
import { MessageChannel, type MessagePort } from 'node:worker_threads'
import { RPCLink } from '@orpc/client/message-port'
import type { ProcedureMeta } from '../../../contract/kernel/base'
import type { Actor } from '../actor'
import { type CallMemory, createCallMemory, giveUp, giveUpAll } from './call-memory'

/** What the thread is started with. */
export interface ReadingThreadData {
  directory: string
  memory: CallMemory
  /** Calls come by this one. */
  calls: MessagePort
  /** Is closed once the file is; any message asks for that. */
  life: MessagePort
}

export interface LongReadCall {
  path: readonly string[]
  /** As it came, not parsed yet. */
  input: unknown
  actor: Actor
  signal: AbortSignal | undefined
}

export interface LongReads {
  /**
   * Calls a procedure on the thread of long reads.
   * @param here answers it on this thread, where there is no other one
   * @throws what the procedure throws
   */
  call<Result>(call: LongReadCall, here: () => Promise<Result>): Promise<Result>
  /** Starts the thread ahead of the first call, which else waits for it. */
  prepare(): void
  /** Resolves when the thread has closed the file. */
  close(): Promise<void>
}

export const isLongRead = (procedure: { '~orpc': { meta: unknown } }): boolean =>
  (procedure['~orpc'].meta as ProcedureMeta).isLongRead === true

/** Who calls, as the thread is told with each call. */
export const callHeader = 'rapport-call'
export interface CallFacts {
  number: number
  actor: Actor
}

interface ReadingThread {
  link: RPCLink<CallFacts>
  memory: CallMemory
  life: MessagePort
  /** Rejects once the thread is gone. */
  gone: Promise<never>
  isGone: boolean
  /** Whether it has answered: one that never did is not tried again. */
  hasAnswered: boolean
}

/** How long closing waits for a statement under way, in milliseconds: it only reads. */
const patience = 5000

/** @param start starts the thread, with ports that are handed over */
export function createLongReads(
  directory: string,
  start: (data: ReadingThreadData) => void,
): LongReads {
  let thread: ReadingThread | undefined
  let lastCall = 0
  let isClosed = false

  function begin(): ReadingThread {
    const memory = createCallMemory()
    const calls = new MessageChannel()
    const life = new MessageChannel()
    const gone = Promise.withResolvers<never>()
    gone.promise.catch(() => {})
    const begun: ReadingThread = {
      link: new RPCLink<CallFacts>({
        port: calls.port1,
        headers: ({ context }) => ({ [callHeader]: JSON.stringify(context) }),
      }),
      memory,
      life: life.port1,
      gone: gone.promise,
      isGone: false,
      hasAnswered: false,
    }
    life.port1.once('close', () => {
      begun.isGone = true
      gone.reject(new Error('The thread of long reads is gone.'))
      calls.port1.close()
    })
    // A thread that waits for calls keeps nothing alive.
    life.port1.unref()
    calls.port1.start()
    calls.port1.unref()
    start({ directory, memory, calls: calls.port2, life: life.port2 })
    return begun
  }

  function present(): ReadingThread | undefined {
    if (isClosed) return undefined
    if (thread?.isGone && thread.hasAnswered) thread = undefined
    thread ??= begin()
    return thread.isGone ? undefined : thread
  }

  return {
    async call<Result>({ path, input, actor, signal }: LongReadCall, here: () => Promise<Result>) {
      const reading = present()
      if (!reading) return here()
      const number = ++lastCall
      const abandon = () => giveUp(reading.memory, number)
      signal?.addEventListener('abort', abandon)
      const { userId, role, door } = actor
      const context: CallFacts = { number, actor: { userId, role, door } }
      try {
        const answer = reading.link.call(path, input, {
          context,
          ...(signal && { signal }),
        }) as Promise<Result>
        const result = await Promise.race([answer, reading.gone])
        reading.hasAnswered = true
        return result
      } catch (error) {
        if (!reading.isGone || signal?.aborted) throw error
        return await here()
      } finally {
        signal?.removeEventListener('abort', abandon)
      }
    },

    prepare: () => void present(),

    async close() {
      isClosed = true
      if (!thread || thread.isGone) return
      giveUpAll(thread.memory)
      thread.life.postMessage('close')
      const waited = Promise.withResolvers<void>()
      const timer = setTimeout(waited.resolve, patience)
      await Promise.race([thread.gone.catch(() => {}), waited.promise])
      clearTimeout(timer)
    },
  }
}
