/**
 * Small files beside the database, for what must be known before it can be trusted: when the thread had to be restarted, what
 * it was at, and whether jobs are paused for it.
 */
import {
  closeSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
  writeSync,
} from 'node:fs'
import { join } from 'node:path'
import * as z from 'zod'
import { decodeWork, encodeWork, type Work } from './heartbeat'

const StoredWork = z.object({
  kind: z.enum(['start', 'job', 'request']),
  name: z.string(),
  record: z.object({ kind: z.string(), id: z.string() }).optional(),
})
const Restart = z.object({
  /** Epoch milliseconds. */
  at: z.number(),
  /** The thread did not answer, it broke down, or the whole program ended in the middle of the work. */
  cause: z.enum(['silent', 'crashed', 'killed']),
  work: StoredWork.nullable(),
})
const State = z.object({
  restarts: z.array(Restart),
  /** Since when jobs are paused until a person resumes them. */
  pausedSince: z.number().nullable(),
  /** Records that jobs leave alone. */
  skipped: z.array(z.object({ kind: z.string(), id: z.string() })),
})

export type Restart = z.infer<typeof Restart>
export type RestartState = z.infer<typeof State>
export type RecordName = NonNullable<Work['record']>

/** Two restarts within this time pause the jobs, in milliseconds. */
export const restartWindow = 15 * 60_000
/** So many restarts are remembered. */
const remembered = 20

const none: RestartState = { restarts: [], pausedSince: null, skipped: [] }
const stateFile = (directory: string) => join(directory, 'rapport.restarts.json')
const workFile = (directory: string) => join(directory, 'rapport.work')

/** A file that is missing or makes no sense counts as empty: it must never keep anybody out. */
export function readRestarts(directory: string): RestartState {
  try {
    return State.parse(JSON.parse(readFileSync(stateFile(directory), 'utf8')))
  } catch {
    return none
  }
}

/** @throws what the file system says */
export function writeRestarts(directory: string, state: RestartState): void {
  const file = stateFile(directory)
  writeFileSync(`${file}.partial`, JSON.stringify(state))
  renameSync(`${file}.partial`, file)
}

/** Those that count now: a clock that was set back or forth forgets them rather than keeping jobs paused. */
export const recentRestarts = ({ restarts }: RestartState, now: number): Restart[] =>
  restarts.filter(({ at }) => Math.abs(now - at) < restartWindow)

/** Notes a restart, and pauses jobs at the second within a short time. A disk that takes nothing is no reason to fail. */
export function noteRestart(directory: string, restart: Restart): RestartState {
  const before = readRestarts(directory)
  const restarts = [...before.restarts, restart].slice(-remembered)
  const isPaused =
    before.pausedSince !== null || recentRestarts({ ...before, restarts }, restart.at).length >= 2
  const state = {
    ...before,
    restarts,
    pausedSince: isPaused ? (before.pausedSince ?? restart.at) : null,
  }
  try {
    writeRestarts(directory, state)
    rmSync(workFile(directory), { force: true })
  } catch {
    // It is known for as long as the program runs.
  }
  return state
}

/** What the program was at when it ended without a word, or undefined. To be asked by who holds the lock. */
export function takeUnfinishedWork(directory: string): Work | undefined {
  try {
    const work = decodeWork(readFileSync(workFile(directory)))
    rmSync(workFile(directory), { force: true })
    return work
  } catch {
    return undefined
  }
}

export interface WorkFile {
  note(work: Work | undefined): void
  close(): void
}

/** Writes what is under way in place, so that a full disk takes it too; a few microseconds each. */
export function openWorkFile(directory: string): WorkFile {
  const size = 512
  const blank = Buffer.alloc(size, ' ')
  let file: number | undefined
  const write = (bytes: Buffer) => {
    try {
      if (file !== undefined) writeSync(file, bytes, 0, size, 0)
    } catch {
      // Less is known after a crash then.
    }
  }
  try {
    file = openSync(workFile(directory), 'w')
    write(blank)
  } catch {
    file = undefined
  }
  return {
    note(work) {
      const bytes = Buffer.from(blank)
      if (work) encodeWork(work).copy(bytes)
      write(bytes)
    },
    close() {
      if (file !== undefined) closeSync(file)
      file = undefined
      rmSync(workFile(directory), { force: true })
    },
  }
}
