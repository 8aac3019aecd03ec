/** Serves an open core to the host's thread: message ports, HTTP requests, tokens, and the way out. */
import type { MessagePort } from 'node:worker_threads'
import { RPCHandler } from '@orpc/server/message-port'
import type { NoticeAnswer } from '../../contract/background/notifications'
import type { Door } from '../../contract/kernel/words'
import type { Core } from '../core'
import type { Actor } from '../kernel/actor'
import type { Host } from '../kernel/host/host'
import { createRemoteHost } from './host'
import { createHttpDoor } from './http'
import {
  type Caller,
  type CoreRequest,
  chunksInFlight,
  type FromCore,
  type ResponseHead,
  type ToCore,
} from './messages'
import { createNoting } from './noting'
import { createRefusing, type Report } from './problem'

export interface ServeOptions {
  /** Opens the core with the host of the other thread. */
  open(host: Host): Promise<Core>
  /** The program's version. */
  version: string
  report: Report
}

/**
 * Opens the core and answers everything that comes through `port` until it is asked to close.
 * What comes while the core opens waits. Resolves when the core is closed.
 * @throws whatever `open` throws
 */
export async function serveCore(port: MessagePort, options: ServeOptions): Promise<void> {
  const send: Send = (message, transfer = []) => port.postMessage(message, transfer)
  const closed = Promise.withResolvers<void>()
  const remote = createRemoteHost(send)
  const opened = options.open(remote.host)
  const opening = opened.then((core) => createServing(core, send, options))

  port.on('message', (message: ToCore) => {
    if (message.type === 'hostAnswer' || message.type === 'hostFailure') remote.receive(message)
    else if (message.type === 'close') closed.resolve(opening.then(({ close }) => close()))
    // Whoever asks a core that does not open hears of it when the thread ends.
    else opening.then(({ receive }) => receive(message)).catch(() => {})
  })
  await opening
  send({ type: 'ready' })
  const core = await opened
  // Whoever waited is answered before anything runs by itself.
  const begin = setImmediate(core.begin)
  await closed.promise
  clearImmediate(begin)
}

type Send = (message: FromCore, transfer?: ArrayBuffer[]) => void
type Asked = Exclude<ToCore, { type: 'hostAnswer' | 'hostFailure' | 'close' }>

function createServing(core: Core, send: Send, { version, report }: ServeOptions) {
  const http = createHttpDoor({
    router: core.router,
    calendarFeed: core.calendarFeed,
    watch: core.watch,
    explain: core.explain,
    version,
    report,
  })
  const direct = new RPCHandler(core.router, {
    clientInterceptors: [createRefusing(report, core.explain), createNoting(core.watch)],
  })
  const connections = new Set<MessagePort>()
  const responses = new Map<number, ResponseStream>()

  const connect = (port: MessagePort, door: Door) => {
    connections.add(port)
    port.once('close', () => connections.delete(port))
    direct.upgrade(port, {
      // Asked for each call: a restored database may have another owner.
      get context() {
        return { actor: core.localActor(door) }
      },
    })
    port.start()
  }

  const answer = async (id: number, request: CoreRequest) => {
    const stream = createResponseStream()
    responses.set(id, stream)
    try {
      const context = { actor: actorOf(request.caller, core) }
      const asked = new Request(request.url, {
        method: request.method,
        headers: request.headers,
        signal: stream.signal,
        ...(request.body && { body: request.body }),
      })
      await stream.send(id, await http.answer(request.style, asked, context), send)
    } catch (error) {
      if (stream.signal.aborted) return
      report(error)
      send({ type: 'broken', id, message: 'The answer broke off.' })
    } finally {
      responses.delete(id)
    }
  }

  const identify = (id: number, token: string) => {
    try {
      send({ type: 'identified', id, actor: core.actorForToken(token) })
    } catch (error) {
      report(error)
      send({ type: 'broken', id, message: 'The token could not be looked up.' })
    }
  }

  const answerNotice = async (id: number, answer: NoticeAnswer) => {
    try {
      send({ type: 'noticeAnswered', id, place: await core.answerNotice(answer) })
    } catch (error) {
      report(error)
      send({ type: 'broken', id, message: 'The popup could not be answered.' })
    }
  }

  return {
    receive(message: Asked): void {
      if (message.type === 'connect') connect(message.port, message.door)
      else if (message.type === 'request') void answer(message.id, message.request)
      else if (message.type === 'taken') responses.get(message.id)?.taken()
      else if (message.type === 'cancel') responses.get(message.id)?.cancel()
      else if (message.type === 'wake') core.wake(message.reason)
      else if (message.type === 'answerNotice') void answerNotice(message.id, message.answer)
      else identify(message.id, message.token)
    },
    async close(): Promise<void> {
      for (const stream of responses.values()) stream.cancel()
      for (const port of connections) port.close()
      await core.close()
    },
  }
}

function actorOf(caller: Caller, core: Core): Actor {
  return 'userId' in caller ? caller : core.localActor(caller.door)
}

interface ResponseStream {
  /** Aborted when the client is gone. */
  signal: AbortSignal
  /** The host has room for one more chunk. */
  taken(): void
  cancel(): void
  send(id: number, response: Response, post: Send): Promise<void>
}

/** One response on its way out, never more than `chunksInFlight` chunks ahead of the client. */
function createResponseStream(): ResponseStream {
  const gone = new AbortController()
  let room = chunksInFlight
  let wake = () => {}

  return {
    signal: gone.signal,
    taken() {
      room += 1
      wake()
    },
    cancel() {
      gone.abort()
      wake()
    },
    async send(id, response, post) {
      const head: ResponseHead = { status: response.status, headers: [...response.headers] }
      if (!isStreamed(response)) {
        const body = await readWhole(response)
        post({ type: 'response', id, head, body }, [body.buffer])
        return
      }
      post({ type: 'head', id, head })
      const reader = response.body?.getReader()
      gone.signal.addEventListener('abort', () => void reader?.cancel().catch(() => {}))
      for (;;) {
        while (room === 0 && !gone.signal.aborted) {
          await new Promise<void>((resolve) => {
            wake = resolve
          })
        }
        if (gone.signal.aborted) return void (await reader?.cancel())
        const next = await reader?.read()
        if (!next || next.done) break
        room -= 1
        post({ type: 'chunk', id, chunk: next.value })
      }
      post({ type: 'end', id })
    },
  }
}

/** All of a body in memory of its own, which can be handed over; one that comes in one piece is not copied. */
async function readWhole(response: Response): Promise<Uint8Array<ArrayBuffer>> {
  const chunks: Uint8Array<ArrayBuffer>[] = []
  if (response.body) for await (const chunk of response.body) chunks.push(chunk)
  const [first] = chunks
  if (first && chunks.length === 1 && first.byteLength === first.buffer.byteLength) return first
  return new Uint8Array(await new Blob(chunks).arrayBuffer())
}

/** Live events and files go out bit by bit; an answer in JSON is small and goes in one piece. */
function isStreamed(response: Response): boolean {
  return !response.headers.get('content-type')?.startsWith('application/json')
}
