/** Which unit tests a change can break, and which of them a quick run takes. */
import { execFileSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'

/** So many test files run in little more than a minute on two cores. */
export const limit = 50

/**
 * Where this branch left main, with all since then: committed, staged, changed and new files. Deleted ones are left out.
 * @returns `since` is for people
 */
export function changedFiles(root: string): { since: string; files: string[] } {
  const git = (...args: string[]) =>
    execFileSync('git', args, { cwd: root, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] })
      .split('\n')
      .filter((line) => line !== '')
  const forkFrom = (branch: string) => {
    try {
      return git('merge-base', 'HEAD', branch)[0]
    } catch {
      return undefined
    }
  }
  const main = ['main', 'origin/main'].find(forkFrom)
  const base = (main && forkFrom(main)) ?? 'HEAD'
  const files = new Set([
    ...git('diff', '--name-only', '--relative', base),
    ...git('ls-files', '--others', '--exclude-standard'),
  ])
  return {
    since: main ? `since ${main}` : 'since the last commit: there is no main here',
    files: [...files].filter((file) => existsSync(join(root, file))).sort(),
  }
}

/** The tests that are nearest to what changed, as many as a quick run takes. All paths from the root. */
export function nearest(tests: readonly string[], changed: readonly string[]): string[] {
  const folders = changed.map(foldersOf)
  const nearness = (test: string) => {
    const own = foldersOf(test)
    return Math.max(
      ...folders.map((other) => {
        const apart = own.findIndex((folder, index) => folder !== other[index])
        return apart === -1 ? own.length : apart
      }),
    )
  }
  return tests
    .map((test) => ({ test, nearness: changed.includes(test) ? 99 : nearness(test) }))
    .sort((a, b) => b.nearness - a.nearness || (a.test < b.test ? -1 : 1))
    .slice(0, limit)
    .map(({ test }) => test)
}

const foldersOf = (path: string) => dirname(path).split(/[\\/]/)

/** What no unit test comes to by an import: whoever changed it runs more than the quick tests. */
export const unseen = (changed: readonly string[]): string[] =>
  changed.filter(
    (file) => !/^(src|scripts|bench)\/.*\.[cm]?[jt]sx?$/.test(file) && !file.endsWith('.md'),
  )
