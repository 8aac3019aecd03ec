// The import rules are only worth something if they catch what they forbid: every wrong arrow is
// drawn once into a small house of files and must be named; the house as it is meant must stand.
import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { removeFolder } from '../src/testing-folder'

const root = join(import.meta.dirname, '..')
const manifest = readFileSync(join(root, 'package.json'), 'utf8')

const house = {
  'src/contract/leads.ts': "import { z } from 'zod'; export const Lead = z.object({})",
  'src/core/kernel/database.ts': "import { tables } from './schema'; export const open = tables",
  'src/core/kernel/schema.ts': "export * as tables from '../leads/table'",
  'src/core/kernel/extras.ts': "export * from '../users/system-triggers'",
  'src/core/users/system-triggers.ts': 'export const triggers = []',
  'src/core/users/table.ts': 'export const users = 1',
  'src/core/users/users.ts': "import { users } from './table'; export const list = users",
  'src/core/leads/table.ts': "import { users } from '../users/table'; export const leads = users",
  'src/core/leads/leads.ts':
    "import { list } from '../users/users'; import { leads } from './table'; export const move = [list, leads]",
  'src/core/leads/procedures.ts':
    "import { Lead } from '../../contract/leads'; import { move } from './leads'; export const procedures = [Lead, move]",
  'src/core/core.ts': "export { procedures } from './leads/procedures'",
  'src/core/worker/worker.ts': "export { procedures } from '../core'",
  'src/hosting/pages.ts': "export { procedures } from '../core/core'",
  'src/main/index.ts':
    "import { app } from 'electron'; export * from '../hosting/pages'; app.quit()",
  'src/web/index.ts': "import 'node:http'; export * from '../core/worker/worker'",
  'src/preload/index.ts': "import { contextBridge } from 'electron'; contextBridge.x()",
  'src/renderer/main.tsx':
    "import type { Lead } from '../contract/leads'; import { useState } from 'react'; export const Card = () => <b>{useState<typeof Lead>()}</b>",
}

/** Path, text, and the one rule it breaks. */
const wrong: [path: string, text: string, rule: string][] = [
  ['src/contract/file.ts', "import 'node:fs'", 'contract-stands-alone'],
  ['src/contract/inward.ts', "export * from '../core/users/users'", 'contract-stands-alone'],
  ['src/core/leads/window.ts', "import 'electron'", 'core-knows-no-host'],
  ['src/core/leads/host.ts', "export * from '../../hosting/pages'", 'core-knows-no-host'],
  ['src/core/leads/server.ts', "import 'node:http'", 'core-speaks-no-http'],
  ['src/web/behind.ts', "export * from '../core/leads/leads'", 'hosts-open-the-core-by-its-door'],
  [
    'src/main/type.ts',
    "export type * from '../core/users/table'",
    'hosts-open-the-core-by-its-door',
  ],
  ['src/main/other.ts', "export * from '../web/index'", 'hosts-are-apart'],
  ['src/hosting/upward.ts', "export * from '../main/index'", 'hosts-are-apart'],
  ['src/preload/shape.ts', "export * from '../contract/leads'", 'preload-imports-only-electron'],
  ['src/preload/path.ts', "import 'node:path'", 'preload-imports-only-electron'],
  ['src/renderer/core.tsx', "export type * from '../core/core'", 'renderer-sees-only-the-contract'],
  ['src/renderer/file.ts', "import 'node:fs'", 'renderer-has-no-node'],
  ['src/renderer/shell.ts', "import 'electron'", 'renderer-has-no-electron'],
  ['src/core/leads/far.ts', "export * from '../users/table'", 'areas-meet-at-their-main-file'],
  ['src/core/users/table.ts', "export * from '../pipeline/pipeline'", 'tables-know-only-tables'],
  ['src/core/kernel/area.ts', "export * from '../users/users'", 'kernel-knows-no-area'],
  ['src/core/kernel/schema.ts', "export * from '../users/users'", 'schema-gathers-only-tables'],
  [
    'src/core/kernel/extras.ts',
    "export * from '../users/users'",
    'extras-gather-only-triggers-and-views',
  ],
  ['src/renderer/one.ts', "import { two } from './two'; export const one = two", 'no-circle'],
  ['src/web/nowhere.ts', "import './gone'", 'resolvable'],
  ['src/main/index.ts', "export * from './fixture'", 'tests-stay-outside'],
  ['src/main/router.ts', "import '@tanstack/react-router'", 'ships-what-it-imports'],
  ['src/web/unlisted.ts', "import 'picomatch'", 'packages-are-listed'],
]

describe('the import rules', () => {
  it('let the house stand as it is meant', () => {
    expect(brokenRules(house)).toEqual([])
  })

  it('name every wrong arrow and every circle', () => {
    const files = {
      ...house,
      'src/core/pipeline/pipeline.ts': 'export const stages = 1',
      'src/renderer/two.ts': "import type { one } from './one'; export let two: typeof one",
      'src/main/fixture.ts': "export { vi } from 'vitest'",
      ...Object.fromEntries(wrong.map(([path, text]) => [path, text])),
    }
    expect(brokenRules(files)).toEqual(wrong.map(([path, , rule]) => `${path} ${rule}`).sort())
  })
})

/** What the rules say about these files: `path rule`, sorted. */
function brokenRules(files: Record<string, string>): string[] {
  const folder = mkdtempSync(join(tmpdir(), 'rapport-imports-'))
  try {
    symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'), 'junction')
    for (const [path, text] of Object.entries({ 'package.json': manifest, ...files })) {
      mkdirSync(dirname(join(folder, path)), { recursive: true })
      writeFileSync(join(folder, path), text)
    }
    const command = join(root, 'node_modules/dependency-cruiser/bin/dependency-cruise.mjs')
    const rules = join(root, '.dependency-cruiser.mjs')
    const report = execFileSync(
      process.execPath,
      [command, '--config', rules, '--output-type', 'json', 'src'],
      { cwd: folder, encoding: 'utf8', maxBuffer: 1 << 26 },
    )
    const { summary } = JSON.parse(report) as {
      summary: { violations: { from: string; rule: { name: string } }[] }
    }
    return [...new Set(summary.violations.map(({ from, rule }) => `${from} ${rule.name}`))].sort()
  } finally {
    removeFolder(folder)
  }
}
