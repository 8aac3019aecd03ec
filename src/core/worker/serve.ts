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
import type { Caller, CoreRequest, FromCore, ResponseHead, ToCore } from './messages'
import { createNoting } from './noting'
import { createPassingOn } from './passing-on'
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

type Send = (message: FromCore, transfer?: (ArrayBuffer | ReadableStream)[]) => void
type Asked = Exclude<ToCore, { type: 'hostAnswer' | 'hostFailure' | 'close' }>

function createServing(core: Core, send: Send, { version, report }: ServeOptions) {
  const http = createHttpDoor({
    router: core.router,
    calendarFeed: core.calendarFeed,
    watch: core.watch,
    explain: core.explain,
    longReads: core.longReads,
    version,
    report,
  })
  const direct = new RPCHandler(core.router, {
    clientInterceptors: [
      createRefusing(report, core.explain),
      createPassingOn(core.longReads),
      createNoting(core.watch),
    ],
  })
  const connections = new Set<MessagePort>()

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
    const gone = new AbortController()
    try {
      const context = { actor: actorOf(request.caller, core) }
      const asked = new Request(request.url, {
        method: request.method,
        headers: request.headers,
        signal: gone.signal,
        ...(request.body && { body: request.body }),
      })
      const response = await http.answer(request.style, asked, context)
      const head: ResponseHead = { status: response.status, headers: [...response.headers] }
      const body = isStreamed(response) ? streamOf(response, gone) : await readWhole(response)
      send({ type: 'response', id, head, body }, [body instanceof Uint8Array ? body.buffer : body])
    } catch (error) {
      report(error)
      send({ type: 'broken', id, message: 'The answer broke off.' })
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
      else if (message.type === 'wake') core.wake(message.reason)
      else if (message.type === 'answerNotice') void answerNotice(message.id, message.answer)
      else identify(message.id, message.token)
    },
    async close(): Promise<void> {
      for (const port of connections) port.close()
      await core.close()
    },
  }
}

function actorOf(caller: Caller, core: Core): Actor {
  return 'userId' in caller ? caller : core.localActor(caller.door)
}

/** What goes out bit by bit; `gone` is aborted when nobody reads on, before the source hears of it. */
function streamOf(response: Response, gone: AbortController): ReadableStream {
  const passing = new TransformStream({ cancel: (reason) => gone.abort(reason) })
  return (response.body ?? ReadableStream.from([])).pipeThrough(passing)
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
