/** Starts the core on its own thread and gives a host the means to reach it. */
import { dirname, join } from 'node:path'
import { Readable } from 'node:stream'
import type { ReadableStream } from 'node:stream/web'
import { setTimeout as wait } from 'node:timers/promises'
import { type MessagePort, Worker } from 'node:worker_threads'
import type { NoticeAnswer, NoticePlace } from '../../contract/background/notifications'
import type { OpeningStep } from '../../contract/kernel/opening'
import type { Door } from '../../contract/kernel/words'
import type { Actor } from '../kernel/actor'
import type { Host, WakeReason } from '../kernel/host/host'
import type { ReadingThreadData } from '../kernel/reading/long-reads'
import {
  createHeartbeatMemory,
  type HeartbeatReader,
  readHeartbeat,
} from '../kernel/watch/heartbeat'
import { answerHostCall } from './host'
import type {
  CoreRequest,
  CoreThreadData,
  Failure,
  FromCore,
  ResponseHead,
  ToCore,
} from './messages'

export type { Host, WakeReason }

export interface CoreWorkerOptions extends Omit<CoreThreadData, 'heartbeat'> {
  /** The built file of `worker.ts`. */
  entry: string | URL
  host: Host
}

export interface CoreWorker {
  /** Resolves when the database is open. @throws CoreFailure when it cannot be opened */
  ready: Promise<void>
  /**
   * Resolves as soon as there is something to show: the database is open, or a step of opening it takes long.
   * @throws CoreFailure when it cannot be opened
   */
  showable: Promise<void>
  /** The step of opening that takes long, if one does now. */
  opening(): OpeningStep | undefined
  /** Resolves when the thread is gone: with nothing after `close`, else with what ended it. */
  ended: Promise<CoreFailure | undefined>
  /** Serves the caller at the other end of `port`, which is handed over. */
  connect(port: MessagePort, door: Door): void
  /** @throws CoreFailure when the thread is gone */
  fetch(request: CoreRequest): Promise<CoreResponse>
  /** Who a token of the HTTP API belongs to. @throws CoreFailure when the thread is gone */
  identify(token: string): Promise<Actor | undefined>
  /** The machine woke up, was unlocked, or its clock was set: what is due is asked at once. */
  wake(reason: WakeReason): void
  /**
   * What somebody did with a popup. The same answer may come twice.
   * @throws CoreFailure when the thread is gone, or the message for people says why not
   */
  answerNotice(answer: NoticeAnswer): Promise<NoticePlace>
  /** Finishes what is under way, closes the database and ends the thread. */
  close(): Promise<void>
}

/** A core on one thread, for whoever watches over it. */
export interface CoreThread extends CoreWorker {
  heartbeat: HeartbeatReader
  /** Whether the thread runs JavaScript. Not so it is within SQLite or the system, where nothing can end it. */
  runsScript(): Promise<boolean>
  /** Ends the thread at once; whoever waits is told why. Resolves when it is gone, and its files are closed. */
  end(why: CoreFailure): Promise<void>
}

export interface CoreResponse extends ResponseHead {
  /** A stream must be read to its end, or destroyed when the client is gone. */
  body: Uint8Array | Readable
}

/** Why the core could not start or continue; the message is for people. */
export class CoreFailure extends Error {
  override name = 'CoreFailure'
  readonly code: string
  constructor({ code, message }: Failure) {
    super(message)
    this.code = code
  }
}

/**
 * Room for new objects: with V8's own choice it takes three times as much, for calls that leave nothing
 * behind. Of old ones there is no limit, which would end the thread.
 */
const resourceLimits = { maxYoungGenerationSizeMb: 8 }

/** How long an orderly close may take before the thread is ended by force, in milliseconds. */
const patience = 10_000
/** How long running JavaScript takes at most to answer a question of the engine, in milliseconds. */
const probeLength = 2000

export function startCoreWorker({ entry, host, ...data }: CoreWorkerOptions): CoreThread {
  const heartbeat = createHeartbeatMemory()
  const worker = new Worker(entry, {
    workerData: { ...data, heartbeat } satisfies CoreThreadData,
    name: 'core',
    resourceLimits,
  })
  const ready = Promise.withResolvers<void>()
  const showable = Promise.withResolvers<void>()
  const ended = Promise.withResolvers<CoreFailure | undefined>()
  const pending = new Map<number, Listener>()
  /** Bodies on their way: a stream that was handed over does not break when its thread does. */
  const streaming = new Set<Readable>()
  let lastId = 0
  let step: OpeningStep | undefined
  let failure: CoreFailure | undefined
  let closing = false
  /** Set once the thread is gone: what everybody who still asks is answered. */
  let over: CoreFailure | undefined
  // A host may watch `ended` alone.
  ready.promise.catch(() => {})
  showable.promise.catch(() => {})
  ready.promise.then(showable.resolve, showable.reject)

  const send = (message: ToCore, transfer: (MessagePort | ArrayBuffer)[] = []) =>
    worker.postMessage(message, transfer)

  worker.on('message', (message: FromCore) => {
    if ('id' in message && message.type !== 'hostCall') pending.get(message.id)?.answer(message)
    else if (message.type === 'opening') {
      step = message.step
      showable.resolve()
    } else if (message.type === 'ready') {
      step = undefined
      ready.resolve()
    } else if (message.type === 'failed') failure = new CoreFailure(message.failure)
    else if (message.type === 'startReading') startReading(entry, message.data)
    else if (message.type === 'hostCall') void answerHostCall(host, message).then(send)
  })
  worker.on('error', (error) => {
    const reason = error instanceof Error ? error.message : String(error)
    failure ??= new CoreFailure({ code: 'crashed', message: `${stopped} (${reason})` })
  })
  worker.on('exit', () => {
    if (!closing) failure ??= new CoreFailure({ code: 'crashed', message: stopped })
    over = failure ?? new CoreFailure({ code: 'closed', message: 'Rapport was closed.' })
    ready.reject(over)
    for (const listener of pending.values()) listener.fail(over)
    pending.clear()
    for (const body of streaming) body.destroy(over)
    ended.resolve(failure)
  })

  const ask = (listener: Listener, message: (id: number) => ToCore, transfer?: ArrayBuffer[]) => {
    const id = ++lastId
    pending.set(id, listener)
    send(message(id), transfer)
    return id
  }
  const forget = (id: number) => pending.delete(id)
  const readableOf = (body: Uint8Array | ReadableStream) => {
    if (body instanceof Uint8Array) return body
    const readable = Readable.fromWeb(body, { highWaterMark: 1024 * 1024 })
    streaming.add(readable)
    readable.once('close', () => streaming.delete(readable))
    // Whoever reads hears of a break; one that nobody reads must not end the host.
    readable.on('error', () => {})
    if (closing) readable.destroy()
    return readable
  }

  return {
    ready: ready.promise,
    showable: showable.promise,
    opening: () => step,
    ended: ended.promise,
    heartbeat: readHeartbeat(heartbeat),
    runsScript: () =>
      Promise.race([
        // Answered wherever the engine looks for interruptions: within any loop.
        worker.getHeapStatistics().then(
          () => true,
          () => true,
        ),
        wait(probeLength, false),
      ]),
    async end(why) {
      failure = why
      await worker.terminate()
      await ended.promise
    },
    connect: (port, door) => send({ type: 'connect', port, door }, [port]),
    identify: (token) =>
      new Promise((resolve, reject) => {
        if (over) return reject(over)
        const id = ask(
          {
            answer: (message) => {
              forget(id)
              if (message.type === 'identified') resolve(message.actor)
            },
            fail: reject,
          },
          (id) => ({ type: 'identify', id, token }),
        )
      }),
    wake: (reason) => send({ type: 'wake', reason }),
    answerNotice: (answer) =>
      new Promise((resolve, reject) => {
        if (over) return reject(over)
        const id = ask(
          {
            answer: (message) => {
              forget(id)
              if (message.type === 'noticeAnswered') resolve(message.place)
              else if (message.type === 'broken')
                reject(new CoreFailure({ code: 'internal', message: message.message }))
            },
            fail: reject,
          },
          (id) => ({ type: 'answerNotice', id, answer }),
        )
      }),
    fetch: (request) =>
      new Promise((resolve, reject) => {
        if (over) return reject(over)
        const id = ask(
          {
            answer: (message) => {
              forget(id)
              if (message.type === 'response')
                resolve({ ...message.head, body: readableOf(message.body) })
              else if (message.type === 'broken')
                reject(new CoreFailure({ code: 'internal', message: message.message }))
            },
            fail: reject,
          },
          (id) => ({ type: 'request', id, request }),
          request.body ? [request.body.buffer] : [],
        )
      }),
    async close() {
      closing = true
      // Streams that were handed over keep the thread from ending.
      for (const body of streaming) body.destroy()
      send({ type: 'close' })
      const force = setTimeout(() => void worker.terminate(), patience)
      await ended.promise
      clearTimeout(force)
    },
  }
}

/**
 * Beside the core's thread rather than within it: one that has to be ended by force must not take along another one that is
 * within SQLite, as that would end the process. It ends by itself with its ports.
 */
function startReading(core: string | URL, data: ReadingThreadData): void {
  const reading = new Worker(besides(core, 'reading.js'), {
    workerData: data,
    transferList: [data.calls, data.life],
    name: 'reading',
    resourceLimits,
  })
  // What it was to answer is answered on the core's thread.
  reading.on('error', (error) => console.error(error))
  reading.unref()
}

const besides = (file: string | URL, name: string) =>
  typeof file === 'string' ? join(dirname(file), name) : new URL(name, file)

const stopped = 'The part of Rapport that keeps the database has stopped unexpectedly.'

type Answer = Exclude<Extract<FromCore, { id: number }>, { type: 'hostCall' }>

/** Whoever waits for answers to one question. */
interface Listener {
  answer(message: Answer): void
  fail(failure: CoreFailure): void
}
