/** A quick run must know all that changed, and must not skip anything without a word. */
import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { removeFolder } from '../src/testing-folder'
import { changedFiles, limit, nearest, unseen } from './affected'

describe('What changed', () => {
  it('is all since main: committed, staged, only written, and new', () => {
    const { root, git, write } = newRepository()
    write('kept.ts', 'committed.ts', 'staged.ts', 'written.ts', 'gone.ts')
    git('add', '.')
    git('commit', '-m', 'Begin')
    git('switch', '-c', 'work')
    write('committed.ts', 'src/added.ts')
    git('add', '.')
    git('commit', '-m', 'Work')
    write('staged.ts')
    git('add', '.')
    write('written.ts', 'src/new.ts')
    rmSync(join(root, 'gone.ts'))
    git('switch', 'main', '--merge')
    write('later.ts')
    git('add', 'later.ts')
    git('commit', '-m', 'Others go on', '--', 'later.ts')
    git('switch', 'work', '--merge')
    expect(changedFiles(root)).toEqual({
      since: 'since main',
      files: ['committed.ts', 'src/added.ts', 'src/new.ts', 'staged.ts', 'written.ts'],
    })
  })

  it('is what is not committed where there is no main', () => {
    const { root, git, write } = newRepository()
    write('kept.ts', 'written.ts')
    git('add', '.')
    git('commit', '-m', 'Begin')
    git('branch', '-m', 'trunk')
    write('written.ts')
    expect(changedFiles(root)).toEqual({
      since: 'since the last commit: there is no main here',
      files: ['written.ts'],
    })
  })

  it('is named where no unit test imports it', () => {
    const changed = ['README.md', 'drizzle/0001_more.sql', 'e2e/board.test.ts', 'src/core/core.ts']
    expect(unseen(changed)).toEqual(['drizzle/0001_more.sql', 'e2e/board.test.ts'])
  })
})

describe('A quick run', () => {
  const tests = [
    'src/core/agenda/tasks/tasks.test.ts',
    'src/core/records/leads/leads.test.ts',
    'src/core/records/users/users.test.ts',
    'src/web/server.test.ts',
  ]

  it('takes the changed tests first, then those nearest to what changed', () => {
    const changed = ['src/core/records/users/names.ts', 'src/web/server.test.ts']
    expect(nearest(tests, changed)).toEqual([
      'src/web/server.test.ts',
      'src/core/records/users/users.test.ts',
      'src/core/records/leads/leads.test.ts',
      'src/core/agenda/tasks/tasks.test.ts',
    ])
  })

  it('takes no more than it has time for', () => {
    const many = Array.from({ length: limit + 1 }, (_, index) => `src/core/a/${index}.test.ts`)
    expect(nearest([...many, 'src/core/kernel/near.test.ts'], ['src/core/kernel/ids.ts'])).toEqual(
      expect.arrayContaining(['src/core/kernel/near.test.ts']),
    )
    expect(nearest(many, ['src/core/kernel/ids.ts'])).toHaveLength(limit)
  })
})

function newRepository() {
  const root = mkdtempSync(join(tmpdir(), 'rapport-changed-'))
  onTestFinished(() => removeFolder(root))
  const git = (...args: string[]) =>
    execFileSync(
      'git',
      [
        '-c',
        'user.name=Test',
        '-c',
        'user.email=test@example.com',
        '-c',
        'commit.gpgSign=false',
        ...args,
      ],
      { cwd: root, stdio: 'pipe' },
    )
  git('init', '--initial-branch=main')
  let text = 0
  return {
    root,
    git,
    write(...files: string[]) {
      for (const file of files) {
        mkdirSync(dirname(join(root, file)), { recursive: true })
        writeFileSync(join(root, file), `export const text = ${++text}\n`)
      }
    },
  }
}
