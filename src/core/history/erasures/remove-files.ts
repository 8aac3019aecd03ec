/** Files taken in for import that hold a person: they are only kept to be imported again. */
import { createReadStream } from 'node:fs'
import { readdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { createWordIndex } from './person'

/** Answers how many were removed. */
export async function removeFilesWith(
  directory: string,
  words: readonly string[],
): Promise<number> {
  if (words.length === 0) return 0
  const folder = join(directory, 'imports')
  const mayHold = createWordIndex(words.map((word) => [word, word.toLowerCase()]))
  const longest = Math.max(...words.map((word) => word.length))
  let removed = 0
  for (const name of await readdir(folder).catch(() => [])) {
    const file = join(folder, name)
    if (!(await holds(file, mayHold, longest))) continue
    await rm(file, { force: true })
    removed += 1
  }
  return removed
}

async function holds(
  file: string,
  mayHold: (text: string) => Set<string>,
  longest: number,
): Promise<boolean> {
  let rest = ''
  for await (const chunk of createReadStream(file, 'utf8')) {
    // Files in two bytes a character show their ASCII letters apart by nothing.
    const text = rest + String(chunk).replaceAll('\0', '').toLowerCase()
    for (const word of mayHold(text)) if (text.includes(word)) return true
    rest = text.slice(-longest)
  }
  return false
}
