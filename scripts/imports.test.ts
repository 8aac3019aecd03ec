// The import rules are only worth something if they catch what they forbid: every wrong arrow is
// drawn once into a small house of files and must be named; the house as it is meant must pass.
import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { removeFolder } from '../src/testing-folder'

const root = join(import.meta.dirname, '..')
const manifest = readFileSync(join(root, 'package.json'), 'utf8')

const house = {
  'src/contract/records/leads.ts':
    "import { z } from 'zod'; import { tags } from '../kernel/words'; export const Lead = z.object({ tags })",
  'src/contract/kernel/words.ts':
    "import { z } from 'zod'; export const tags = z.array(z.string())",
  'src/core/kernel/database.ts': 'export const open = 1',
  'src/core/assembly/tables.ts': "export * as tables from '../records/leads/table'",
  'src/core/assembly/areas.ts':
    "import { move } from '../records/leads/leads'; import { sent } from '../outreach/messages/messages'; export const areas = [move, sent]",
  'src/core/records/users/table.ts': 'export const users = 1',
  'src/core/records/users/users.ts': "import { users } from './table'; export const list = users",
  'src/core/records/leads/table.ts':
    "import { users } from '../users/table'; export const leads = users",
  'src/core/records/leads/leads.ts':
    "import { open } from '../../kernel/database'; import { list } from '../users/users'; import { leads } from './table'; export const move = [open, list, leads]",
  'src/core/records/leads/procedures.ts':
    "import { Lead } from '../../../contract/records/leads'; import { move } from './leads'; export const procedures = [Lead, move]",
  'src/core/outreach/messages/messages.ts':
    "import { move } from '../../records/leads/leads'; export const sent = move",
  'src/core/transfer/format/names.ts': 'export const names = 1',
  'src/core/transfer/export/columns.ts': 'export const columns = 1',
  'src/core/transfer/export/export.ts':
    "import { names } from '../format/names'; import { columns } from './columns'; export const written = [names, columns]",
  'src/core/transfer/import/kinds/leads.ts':
    "import { leads } from '../../../records/leads/table'; import { written } from '../../export/export'; import { names } from '../../format/names'; export const read = [leads, written, names]",
  'src/core/core.ts':
    "import { areas } from './assembly/areas'; export { procedures } from './records/leads/procedures'; export { areas }",
  'src/core/worker/worker.ts': "export { procedures } from '../core'",
  'src/hosting/pages.ts': "export { procedures } from '../core/core'",
  'src/main/index.ts':
    "import { app } from 'electron'; export * from '../hosting/pages'; app.quit()",
  'src/web/index.ts': "import 'node:http'; export * from '../core/worker/worker'",
  'bench/operation.ts': 'export interface Operation { name: string }',
  'bench/operations.ts':
    "import type { Operation } from './operation'; export { procedures } from '../src/core/core'; export const all: Operation[] = []",
  'src/preload/index.ts': "import { contextBridge } from 'electron'; contextBridge.x()",
  'src/renderer/areas/records/leads/LeadPage.tsx':
    "import type { Lead } from '../../../../contract/records/leads'; export const LeadPage = () => <b>{{} as Lead}</b>",
  'src/renderer/areas/records/leads/index.ts':
    "export const area = { page: () => import('./LeadPage') }",
  'src/renderer/areas/timeline/activities/index.ts':
    "import { PageKind } from '../../../app/records'; export const area = { parts: [PageKind] }",
  'src/renderer/app/records.ts': 'export const PageKind = 1',
  'src/renderer/app/areas.ts':
    "import { area as leads } from '../areas/records/leads'; import { area as activities } from '../areas/timeline/activities'; export const areas = [leads, activities]",
  'src/renderer/ui/Card.tsx':
    "import { PageKind } from '../app/records'; export const Card = () => <b>{PageKind}</b>",
  'src/renderer/main.tsx':
    "import type { Lead } from '../contract/records/leads'; import { useState } from 'react'; export const Card = () => <b>{useState<typeof Lead>()}</b>",
}

/** Path, text, and the one rule it breaks. */
const wrong: [path: string, text: string, rule: string][] = [
  ['src/contract/records/file.ts', "import 'node:fs'", 'contract-stands-alone'],
  [
    'src/contract/records/inward.ts',
    "export * from '../../core/records/users/users'",
    'contract-stands-alone',
  ],
  ['src/contract/kernel/lead.ts', "export * from '../records/leads'", 'kernel-looks-up'],
  ['src/core/records/leads/window.ts', "import 'electron'", 'core-knows-no-host'],
  [
    'src/core/records/leads/host.ts',
    "export * from '../../../hosting/pages'",
    'core-knows-no-host',
  ],
  ['src/core/records/leads/server.ts', "import 'node:http'", 'core-speaks-no-http'],
  [
    'src/web/behind.ts',
    "export * from '../core/records/leads/leads'",
    'hosts-open-the-core-by-its-door',
  ],
  [
    'src/main/type.ts',
    "export type * from '../core/records/users/table'",
    'hosts-open-the-core-by-its-door',
  ],
  ['src/main/other.ts', "export * from '../web/index'", 'hosts-are-apart'],
  ['src/hosting/upward.ts', "export * from '../main/index'", 'hosts-are-apart'],
  [
    'src/preload/shape.ts',
    "export * from '../contract/records/leads'",
    'preload-imports-only-electron',
  ],
  ['src/preload/path.ts', "import 'node:path'", 'preload-imports-only-electron'],
  ['src/renderer/core.tsx', "export type * from '../core/core'", 'renderer-sees-only-the-contract'],
  ['src/renderer/file.ts', "import 'node:fs'", 'renderer-has-no-node'],
  ['src/renderer/shell.ts', "import 'electron'", 'renderer-has-no-electron'],
  [
    'src/core/records/leads/far.ts',
    "export * from '../users/table'",
    'areas-meet-at-their-main-file',
  ],
  [
    'src/core/outreach/messages/far.ts',
    "export * from '../../records/users/table'",
    'areas-meet-at-their-main-file',
  ],
  [
    'src/core/transfer/import/kinds/far.ts',
    "export * from '../../export/columns'",
    'writers-of-others-take-only-tables',
  ],
  [
    'src/core/workspace/sample/names.ts',
    "export * from '../../transfer/format/names'",
    'format-of-files-is-for-transfer',
  ],
  [
    'src/core/transfer/format/up.ts',
    "export * from '../export/export'",
    'format-of-files-knows-no-area',
  ],
  [
    'src/core/records/users/table.ts',
    "export * from '../pipeline/pipeline'",
    'tables-know-only-tables',
  ],
  ['src/core/kernel/area.ts', "export * from '../records/users/users'", 'kernel-looks-up'],
  [
    'src/core/records/leads/down.ts',
    "export * from '../../outreach/messages/messages'",
    'records-looks-up',
  ],
  ['src/core/outreach/messages/all.ts', "export * from '../../core'", 'assembly-is-on-top'],
  [
    'src/core/assembly/tables.ts',
    "export * from '../records/users/users'",
    'schema-gathers-only-tables',
  ],
  [
    'src/renderer/areas/records/leads/Timeline.tsx',
    "export * from '../../timeline/activities/Timeline'",
    'records-looks-up',
  ],
  [
    'src/renderer/ui/Export.tsx',
    "export const dialog = () => import('../areas/records/leads/LeadPage')",
    'ui-knows-no-area',
  ],
  [
    'src/renderer/app/Shell.tsx',
    "export * from '../areas/timeline/activities/index'",
    'shell-gathers-areas-in-one-file',
  ],
  [
    'src/renderer/app/areas.ts',
    "export * from '../areas/records/leads/LeadPage'",
    'areas-are-gathered-by-their-index',
  ],
  [
    'src/renderer/areas/timeline/activities/leads.ts',
    "export * from '../../records/leads'",
    'an-index-is-for-the-shell',
  ],
  ['src/core/measured.ts', "export * from '../../bench/operation'", 'bench-measures-from-outside'],
  ['bench/operations.ts', "import { more } from './work'; export const all = more", 'no-circle'],
  ['src/renderer/one.ts', "import { two } from './two'; export const one = two", 'no-circle'],
  ['src/web/nowhere.ts', "import './gone'", 'resolvable'],
  ['src/main/index.ts', "export * from './fixture'", 'tests-stay-outside'],
  ['src/main/router.ts', "import '@tanstack/react-router'", 'ships-what-it-imports'],
  ['src/web/unlisted.ts', "import 'picomatch'", 'packages-are-listed'],
]

describe('the import rules', () => {
  it('let the house pass as it is meant', () => {
    expect(brokenRules(house)).toEqual([])
  })

  it('name every wrong arrow and every circle', () => {
    const files = {
      ...house,
      'bench/work.ts': "import type { all } from './operations'; export let more: typeof all",
      'src/core/records/pipeline/pipeline.ts': 'export const stages = 1',
      'src/renderer/areas/timeline/activities/Timeline.tsx': 'export const Timeline = 1',
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
      [command, '--config', rules, '--output-type', 'json', 'src', 'bench'],
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
