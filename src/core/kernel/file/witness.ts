/**
 * Remembers beside the database how much has gone out from it. A database that knows of less than
 * that is an older file, which somebody has put in its place.
 */
import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { flushFile } from './layout'

export interface Witness {
  /** Which database. */
  key: string
  /** How many things have gone out from it. */
  effects: number
}

const noteOf = (directory: string) => join(directory, 'rapport.sent.json')

export function readWitness(directory: string): Witness | undefined {
  try {
    const { key, effects } = JSON.parse(readFileSync(noteOf(directory), 'utf8'))
    return typeof key === 'string' && Number.isSafeInteger(effects) ? { key, effects } : undefined
  } catch {
    return undefined
  }
}

/** Without it only an exchange by hand goes unnoticed, so it is in nobody's way. */
export function writeWitness(directory: string, witness: Witness): void {
  const note = noteOf(directory)
  try {
    writeFileSync(`${note}.partial`, JSON.stringify(witness))
    flushFile(`${note}.partial`)
    renameSync(`${note}.partial`, note)
  } catch {
    rmSync(`${note}.partial`, { force: true })
  }
}
