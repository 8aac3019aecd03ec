/** Sets a database aside, whole and under its own name. Nothing is ever deleted or overwritten. */
import { existsSync, mkdirSync, readdirSync, renameSync } from 'node:fs'
import { basename, join } from 'node:path'
import type { Clock } from '../time/clock'
import { noteExchange, readExchange } from './exchange'
import { filesOf, flushFolder, type Layout, makeNewFolder, stampOf } from './layout'

/**
 * Moves the database and its companions to a new folder of the quarantine, and notes which one.
 * The database goes first: were it the last, a crash in between would leave it without its
 * write-ahead log. What a crash left behind follows into the same folder.
 * @returns the folder, or undefined where there was nothing to move
 */
export function setAside(layout: Layout, clock: Clock): string | undefined {
  const { file, quarantine, directory } = layout
  const files = filesOf(file)
  const begun = readExchange(layout)
  if (files.length === 0) {
    if (begun?.moving) noteExchange(layout, { moving: null })
    return undefined
  }
  const folder = begun?.moving
    ? join(quarantine, begun.moving)
    : makeNewFolder(quarantine, stampOf(clock.now()))
  const name = basename(folder)
  noteExchange(layout, {
    moving: name,
    setAside: [...new Set([...(begun?.setAside ?? []), name])],
  })
  mkdirSync(folder, { recursive: true })
  for (const path of files) renameSync(path, join(folder, basename(path)))
  for (const changed of [folder, quarantine, directory]) flushFolder(changed)
  noteExchange(layout, { moving: null })
  return folder
}

/** Folders of databases that were set aside, newest first. */
export function listQuarantined({ quarantine }: Layout): string[] {
  if (!existsSync(quarantine)) return []
  return readdirSync(quarantine, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => join(quarantine, entry.name))
    .sort()
    .reverse()
}
