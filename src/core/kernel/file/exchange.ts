/**
 * Remembers beside the database which files lost its place, until what they know is carried over
 * into the one that has it now. Written before each step, so that a crash in between forgets nothing.
 */
import { randomUUID } from 'node:crypto'
import { existsSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { flushFile, flushFolder, type Layout } from './layout'

export interface Exchange {
  id: string
  /** Folders of the quarantine, oldest first: names, so that the data folder may be moved. */
  setAside: string[]
  /** The folder that files are just being moved to; a crash may have left some of them behind. */
  moving: string | null
  /** What took the place; null where only the old file went. */
  from: 'backup' | 'empty' | null
  /** The backup that is to take the place, or took it. */
  backup: string | null
}

const noteOf = (layout: Layout) => join(layout.directory, 'rapport.exchange.json')

export function readExchange(layout: Layout): Exchange | undefined {
  const note = noteOf(layout)
  if (!existsSync(note)) return undefined
  const none: Exchange = { id: '', setAside: [], moving: null, from: null, backup: null }
  try {
    return { ...none, ...JSON.parse(readFileSync(note, 'utf8')) }
  } catch {
    // Somebody else wrote into it. That there was an exchange is known all the same.
    return { ...none, id: randomUUID(), from: 'backup' }
  }
}

/** @throws what the file system says; nothing is exchanged then */
export function noteExchange(layout: Layout, patch: Partial<Exchange>): Exchange {
  const exchange: Exchange = {
    id: randomUUID(),
    setAside: [],
    moving: null,
    from: null,
    backup: null,
    ...readExchange(layout),
    ...patch,
  }
  const note = noteOf(layout)
  writeFileSync(`${note}.partial`, JSON.stringify(exchange))
  flushFile(`${note}.partial`)
  renameSync(`${note}.partial`, note)
  flushFolder(layout.directory)
  return exchange
}

export function forgetExchange(layout: Layout): void {
  if (!existsSync(noteOf(layout))) return
  rmSync(noteOf(layout), { force: true })
  flushFolder(layout.directory)
}

/** Whether another file has taken the place, rather than only been laid ready for it. */
export const isExchanged = ({ from, setAside }: Exchange): boolean =>
  from !== null || setAside.length > 0
