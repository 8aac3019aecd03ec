/** What a host's thread and the core's thread say to each other. Everything here is structured-cloneable. */
import type { ReadableStream } from 'node:stream/web'
import type { MessagePort } from 'node:worker_threads'
import type { NoticeAnswer, NoticePlace } from '../../contract/background/notifications'
import type { OpeningStep } from '../../contract/kernel/opening'
import type { Door } from '../../contract/kernel/words'
import type { Actor } from '../kernel/actor'
import type { WakeReason } from '../kernel/host/host'
import type { ReadingThreadData } from '../kernel/reading/long-reads'

/** What the core's thread is started with. */
export interface CoreThreadData {
  /** The program's version. */
  version: string
  /** Where the database is; created if it is missing. */
  directory: string
  migrations: string
  /** Names this machine: a database from another one asks first whether it was moved or copied. */
  machine?: string
  /** Which door opens the database, for the message to others who try. */
  door: Door
  /** Fill an empty database with sample data. */
  sample: boolean
  /** Shared with the host, which watches it. */
  heartbeat: SharedArrayBuffer
}

/** The owner of the installation coming through a door, or somebody known by a token. */
export type Caller = { door: Door } | Actor

/** Which of the two HTTP styles is spoken: the program's own screens, or the public one. */
export type HttpStyle = 'rpc' | 'api'

export interface CoreRequest {
  /** `feed`: a calendar asks for a secret address. */
  style: HttpStyle | 'feed'
  method: string
  /** Absolute URL. */
  url: string
  headers: [name: string, value: string][]
  /** Handed over, not copied: the sender cannot use it afterwards. */
  body: Uint8Array<ArrayBuffer> | undefined
  caller: Caller
}

export interface ResponseHead {
  status: number
  headers: [name: string, value: string][]
}

/** How an error crosses from one thread to the other. */
export interface Failure {
  code: string
  message: string
}

export type ToCore =
  | { type: 'connect'; port: MessagePort; door: Door }
  | { type: 'request'; id: number; request: CoreRequest }
  | { type: 'identify'; id: number; token: string }
  | { type: 'wake'; reason: WakeReason }
  | { type: 'answerNotice'; id: number; answer: NoticeAnswer }
  | { type: 'hostAnswer'; id: number; value: unknown }
  | { type: 'hostFailure'; id: number; failure: Failure }
  | { type: 'close' }

export type FromCore =
  /** Before the database is open: what takes long now. */
  | { type: 'opening'; step: OpeningStep }
  | { type: 'ready' }
  | { type: 'failed'; failure: Failure }
  /** Long reads are asked for: a thread of their own is to be started. */
  | { type: 'startReading'; data: ReadingThreadData }
  /** With the whole body, or with a stream of it, which is handed over. */
  | { type: 'response'; id: number; head: ResponseHead; body: Uint8Array | ReadableStream }
  /** There is no answer. */
  | { type: 'broken'; id: number; message: string }
  | { type: 'identified'; id: number; actor: Actor | undefined }
  | { type: 'noticeAnswered'; id: number; place: NoticePlace }
  | { type: 'hostCall'; id: number; method: string; arguments: unknown[] }
