/** For tests: puts bytes into a file of their own, in a folder removed after the test file. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll } from 'vitest'

export function createFilesOnDisk() {
  let folder = ''
  let files = 0

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'rapport-csv-'))
  })
  afterAll(() => rm(folder, { recursive: true, force: true }))

  function newPath(): string {
    files += 1
    return join(folder, `${files}.csv`)
  }

  return {
    newPath,
    async put(content: string | Buffer): Promise<string> {
      const path = newPath()
      await writeFile(path, content)
      return path
    },
  }
}

export async function collect<Item>(items: AsyncIterable<Item>): Promise<Item[]> {
  const collected: Item[] = []
  for await (const item of items) collected.push(item)
  return collected
}
