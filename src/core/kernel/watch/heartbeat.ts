/**
 * Memory that the core's thread shares with its host: whether the thread still turns, and what it works on. The host reads it
 * while the thread cannot answer.
 */

/** What the thread works on. */
export interface Work {
  kind: 'start' | 'job' | 'request'
  /** Name of the job, of the part of the start, or of the procedure: `due`, `trash`, `leads.update`. */
  name: string
  /** The record it is at. */
  record?: { kind: string; id: string } | undefined
}

/** The thread's side. */
export interface Heartbeat {
  /** To be called again and again by a timer: the thread's loop turns. */
  beat(): void
  /** To be called before each statement. @throws ThreadGivenUp once the host has given the thread up */
  statement(): void
  /** Runs one piece of work that may take long without a turn of the loop, such as a migration. */
  long<Result>(work: () => Result): Result
  /** Notes what is worked on; undefined for nothing. */
  note(work: Work | undefined): void
}

/** The host's side. */
export interface HeartbeatReader {
  /** Different as soon as the loop has turned. */
  beats(): number
  /** Different as soon as a statement was asked for. */
  statements(): number
  /** Whether work is under way that may take long. */
  isLong(): boolean
  work(): Work | undefined
  /** Makes the next statement throw, so that the thread does not end within one. */
  giveUp(): void
}

export class ThreadGivenUp extends Error {
  override name = 'ThreadGivenUp'
  constructor() {
    super('Rapport is restarting its database, which had stopped answering.')
  }
}

const fields = { beats: 0, statements: 1, long: 2, givenUp: 3, length: 4 } as const
const textAt = 32
const textBytes = 480

export const createHeartbeatMemory = () => new SharedArrayBuffer(textAt + textBytes)

export function createHeartbeat(memory: SharedArrayBuffer): Heartbeat {
  const numbers = new Int32Array(memory, 0, textAt / 4)
  const text = new Uint8Array(memory, textAt, textBytes)
  return {
    beat: () => void Atomics.add(numbers, fields.beats, 1),
    statement() {
      Atomics.add(numbers, fields.statements, 1)
      if (Atomics.load(numbers, fields.givenUp) === 1) throw new ThreadGivenUp()
    },
    long(work) {
      Atomics.add(numbers, fields.long, 1)
      try {
        return work()
      } finally {
        Atomics.sub(numbers, fields.long, 1)
        Atomics.add(numbers, fields.beats, 1)
      }
    },
    note(work) {
      Atomics.store(numbers, fields.length, 0)
      if (!work) return
      const bytes = encodeWork(work)
      text.set(bytes)
      Atomics.store(numbers, fields.length, bytes.length)
    },
  }
}

export function readHeartbeat(memory: SharedArrayBuffer): HeartbeatReader {
  const numbers = new Int32Array(memory, 0, textAt / 4)
  const text = new Uint8Array(memory, textAt, textBytes)
  return {
    beats: () => Atomics.load(numbers, fields.beats),
    statements: () => Atomics.load(numbers, fields.statements),
    isLong: () => Atomics.load(numbers, fields.long) > 0,
    work: () => decodeWork(text.slice(0, Atomics.load(numbers, fields.length))),
    giveUp: () => void Atomics.store(numbers, fields.givenUp, 1),
  }
}

/** What tests and tools use that have no host watching them. */
export const unwatched: Heartbeat = {
  beat() {},
  statement() {},
  long: (work) => work(),
  note() {},
}

/** Short enough for the memory and the file, whatever the names are. */
export function encodeWork({ kind, name, record }: Work): Buffer {
  const short = (text: string) => text.replaceAll(/[^\w.:/ -]/g, '').slice(0, 100)
  return Buffer.from(
    JSON.stringify({
      kind,
      name: short(name),
      ...(record && { record: { kind: short(record.kind), id: short(record.id) } }),
    }),
  )
}

/** Undefined where there is nothing, or nothing whole. */
export function decodeWork(bytes: Uint8Array): Work | undefined {
  try {
    return JSON.parse(Buffer.from(bytes).toString()) as Work
  } catch {
    return undefined
  }
}
