/** What the core tells whoever watches it, and what it learned from earlier restarts. */

import { unavailable } from '../errors'
import type { Clock } from '../time/clock'
import { type Heartbeat, unwatched, type Work } from './heartbeat'
import {
  noteRestart,
  openWorkFile,
  type RecordName,
  type Restart,
  type RestartState,
  readRestarts,
  recentRestarts,
  takeUnfinishedWork,
  writeRestarts,
} from './restarts'

export interface Watch {
  heartbeat: Heartbeat
  /** Runs work under its name: should the thread stop in it, the name is known. */
  during<Result>(work: Work, run: () => Result): Result
  /** The same for a request, which may wait for something in the middle. @throws unavailable for one that stopped the thread twice */
  request<Result>(work: Work, run: () => Promise<Result>): Promise<Result>
  /** The work is at this record now. Answers false for one that a person wants left alone. */
  at(kind: string, id: string): boolean
  /** Jobs do not run by themselves until a person resumes them. */
  isPaused(): boolean
  pausedSince(): number | null
  /** The latest restarts, newest first, of which jobs may be paused. */
  restarts(): Restart[]
  skipped(): RecordName[]
  /** The skipped records of a kind. */
  skippedIds(kind: string): string[]
  skip(record: RecordName): void
  unskip(record: RecordName): void
  resume(): void
  /** Hears of each `resume`. */
  onResume(listener: () => void): void
  close(): void
}

export interface WatchOptions {
  directory: string
  clock: Clock
  heartbeat?: Heartbeat | undefined
  /** Whether what is under way is written down for the next start. */
  keepsFile: boolean
}

/** A request that stopped the thread so often within a short time is refused. */
const mostStops = 2

/** To be made by who holds the lock of the directory. */
export function createWatch({
  directory,
  clock,
  heartbeat = unwatched,
  keepsFile,
}: WatchOptions): Watch {
  const unfinished = keepsFile ? takeUnfinishedWork(directory) : undefined
  let state: RestartState = unfinished
    ? noteRestart(directory, { at: clock.now(), cause: 'killed', work: unfinished })
    : readRestarts(directory)
  const file = keepsFile ? openWorkFile(directory) : undefined
  let current: Work | undefined
  const listeners: (() => void)[] = []
  let isWritten = false

  function note(work: Work | undefined) {
    current = work
    heartbeat.note(work)
    // Requests are noted in memory alone: there are many, and a person is behind each.
    const isForFile = work !== undefined && work.kind !== 'request'
    if (isForFile || isWritten) file?.note(isForFile ? work : undefined)
    isWritten = isForFile
  }
  function change(next: RestartState) {
    state = next
    if (keepsFile) writeRestarts(directory, next)
  }
  const same = (one: RecordName | undefined, other: RecordName | undefined) =>
    one?.kind === other?.kind && one?.id === other?.id
  const stoppedOften = (work: Work) =>
    recentRestarts(state, clock.now()).filter(
      (one) =>
        one.work?.kind === work.kind &&
        one.work.name === work.name &&
        same(one.work.record, work.record),
    ).length >= mostStops

  return {
    heartbeat,
    during(work, run) {
      const before = current
      // A job that a person runs by hand is refused when it stops the thread again and again.
      if (before?.kind === 'request' && before.name === 'jobs.run') return run()
      note(work)
      try {
        return run()
      } finally {
        note(before)
      }
    },
    async request(work, run) {
      if (stoppedOften(work))
        throw unavailable(
          `Rapport stopped answering twice while it did this (${work.name}), so it is not tried again for now. Everything saved is safe.`,
        )
      note(work)
      try {
        return await run()
      } finally {
        if (current === work) note(undefined)
      }
    },
    at(kind, id) {
      const record = { kind, id }
      if (state.skipped.some((one) => same(one, record))) return false
      if (current && current.kind !== 'request') note({ ...current, record })
      return true
    },
    isPaused: () => state.pausedSince !== null,
    pausedSince: () => state.pausedSince,
    restarts: () => recentRestarts(state, state.pausedSince ?? clock.now()).reverse(),
    skipped: () => state.skipped,
    skippedIds: (kind) => state.skipped.filter((one) => one.kind === kind).map(({ id }) => id),
    skip: (record) => {
      if (!state.skipped.some((one) => same(one, record)))
        change({ ...state, skipped: [...state.skipped, record] })
    },
    unskip: (record) =>
      change({ ...state, skipped: state.skipped.filter((one) => !same(one, record)) }),
    resume() {
      change({ ...state, restarts: [], pausedSince: null })
      for (const listener of listeners) listener()
    },
    onResume: (listener) => void listeners.push(listener),
    close: () => file?.close(),
  }
}
