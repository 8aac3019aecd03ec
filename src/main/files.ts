/** Small JSON files of the desktop program: read without trust, written whole or not at all. */
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'

/** The file's content, or undefined where there is no file, or none that is JSON. */
export function readJson(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8'))
  } catch {
    return undefined
  }
}

/** Readable by its owner only; a crash leaves the old file or the new one, never half of one. */
export function writeJson(file: string, content: unknown): void {
  mkdirSync(dirname(file), { recursive: true })
  const temporary = `${file}.new`
  writeFileSync(temporary, JSON.stringify(content, undefined, 2), { mode: 0o600, flush: true })
  renameSync(temporary, file)
}
