/** A disk of a few megabytes that tests can fill, where this process may mount one. */
import { execFileSync } from 'node:child_process'
import { closeSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import { removeFolder } from '../../testing-folder'

export interface SmallDisk {
  directory: string
  /** Takes all room that is left. */
  fill(): void
  free(): void
}

/** Undefined where mounting is not allowed. The disk is gone when the test ends; close what uses it before. */
export function mountSmallDisk(megabytes: number): SmallDisk | undefined {
  const directory = mkdtempSync(join(tmpdir(), 'rapport-disk-'))
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${megabytes}m`, 'tmpfs', directory], {
      stdio: 'ignore',
    })
  } catch {
    removeFolder(directory)
    return undefined
  }
  onTestFinished(() => {
    execFileSync('umount', ['--lazy', directory])
    removeFolder(directory)
  })
  const filler = join(directory, 'filler')
  return {
    directory,
    fill() {
      const file = openSync(filler, 'a')
      try {
        for (const size of [65_536, 4096, 1])
          try {
            for (const bytes = Buffer.alloc(size); ; ) writeSync(file, bytes)
          } catch {
            // Full: what is left is smaller than this.
          }
      } finally {
        closeSync(file)
      }
    },
    free: () => rmSync(filler, { force: true }),
  }
}
