/** Whether the disk takes what is written: noticed at each failure, and tried again until it does. */
import { rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { ORPCError } from '@orpc/server'
import { hasRoom, noRoom, notWritable, type StorageTrouble, storageTroubleOf } from '../file/errors'

export interface Storage {
  /** The error in words for people where the disk is why; any other comes back as it is. Notes the trouble. */
  explain(error: unknown): unknown
  /** Whether this error says that the disk took nothing. */
  isTrouble(error: unknown): boolean
  /** What is wrong with the disk now; tried again at each call while something is. */
  trouble(): StorageTrouble | null
  /** Whether something was wrong when last looked at. */
  isKnown(): boolean
  /** Hears each time that writing works again. */
  onRecovery(listener: () => void): void
  stop(): void
}

export interface StorageOptions {
  directory: string
  /** Writes a little to the database. @throws where that does not work */
  write(): void
  /** Tells the screens that something changed. */
  announce(): void
}

/** How often is tried whether writing works again, in milliseconds. */
const pause = 5000
const probeBytes = 256 * 1024

/** What does not depend on an open database. */
export function explainStorage(error: unknown, directory: string): unknown {
  const trouble = storageTroubleOf(error, () => hasRoom(directory))
  if (!trouble) return error
  // What was said with more knowledge is kept.
  if (error instanceof ORPCError && error.status !== 500) return error
  return trouble === 'full' ? noRoom() : notWritable()
}

export function createStorage({ directory, write, announce }: StorageOptions): Storage {
  const listeners: (() => void)[] = []
  let current: StorageTrouble | null = null
  let timer: NodeJS.Timeout | undefined
  let probing = false

  function begin(trouble: StorageTrouble) {
    if (current === trouble || probing) return
    current = trouble
    if (!timer) {
      timer = setInterval(probe, pause)
      timer.unref()
    }
    announce()
  }

  function probe() {
    if (!current || probing) return
    probing = true
    const found = tryWriting()
    probing = false
    if (found) {
      current = found
      return
    }
    current = null
    clearInterval(timer)
    timer = undefined
    announce()
    for (const listener of listeners) listener()
  }

  function tryWriting(): StorageTrouble | undefined {
    const file = join(directory, 'rapport.probe')
    try {
      // Bytes of a log that is there already take no room: the file shows whether there is any.
      writeFileSync(file, new Uint8Array(probeBytes), { flush: true })
      write()
      return undefined
    } catch (error) {
      return storageTroubleOf(error, () => hasRoom(directory)) ?? current ?? undefined
    } finally {
      rmSync(file, { force: true })
    }
  }

  const troubleOf = (error: unknown) => storageTroubleOf(error, () => hasRoom(directory))
  return {
    explain(error) {
      const trouble = troubleOf(error)
      if (trouble) begin(trouble)
      return explainStorage(error, directory)
    },
    isTrouble: (error) => troubleOf(error) !== undefined,
    trouble() {
      probe()
      return current
    },
    isKnown: () => current !== null,
    onRecovery: (listener) => void listeners.push(listener),
    stop() {
      clearInterval(timer)
      timer = undefined
    },
  }
}

/** Of a disk that takes nothing is heard once, not at each write. */
export const createReporting =
  (storage: Storage, report: (error: unknown) => void) => (error: unknown) => {
    const isKnown = storage.isTrouble(error) && storage.isKnown()
    storage.explain(error)
    if (!isKnown) report(error)
  }
