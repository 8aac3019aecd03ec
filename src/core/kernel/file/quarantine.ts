/** Sets a database aside, whole and under its own name. Nothing is ever deleted or overwritten. */
import { existsSync, readdirSync, renameSync } from 'node:fs'
import { basename, join } from 'node:path'
import type { Clock } from '../clock'
import { filesOf, flushFolder, type Layout, makeNewFolder, stampOf } from './layout'

/**
 * Moves the database and its companions to a new folder of the quarantine. The database goes
 * first: were it the last, a crash in between would leave it without its write-ahead log.
 * @returns the folder, or undefined where there was nothing to move
 */
export function setAside(
  { file, quarantine, directory }: Layout,
  clock: Clock,
): string | undefined {
  const files = filesOf(file)
  if (files.length === 0) return undefined
  const folder = makeNewFolder(quarantine, stampOf(clock.now()))
  for (const path of files) renameSync(path, join(folder, basename(path)))
  for (const changed of [folder, quarantine, directory]) flushFolder(changed)
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
