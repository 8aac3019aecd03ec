// The kernel carries every area and knows none: what it does with a table, the table declares.
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { getTableName } from 'drizzle-orm'
import { expect, test } from 'vitest'
import * as tables from '../assembly/tables'

const kernel = join(import.meta.dirname, '../kernel')
/** Tables of the kernel itself. */
const own = new Set([
  'batch',
  'change',
  'change_cursor',
  'session',
  'hold',
  'installation',
  'setting',
  'spelling',
])
/** The watchdog notes which job was at work. */
const otherMeaning = new Set(['job'])
const names = Object.values(tables)
  .map(getTableName)
  .filter((name) => !own.has(name) && !otherMeaning.has(name))

test('no file of the kernel names a table of an area in SQL or as a value', () => {
  const files = readdirSync(kernel, { recursive: true, encoding: 'utf8' }).filter(
    (file) => file.endsWith('.ts') && !/\.test\.ts$|testing\.ts$|process-to-kill\.ts$/.test(file),
  )
  expect(files.length).toBeGreaterThan(50)
  const named = files.flatMap((file) =>
    readFileSync(join(kernel, file), 'utf8')
      .split('\n')
      .filter((line) => !/^\s*(\/\/|\/?\*)|^(import|export) /.test(line))
      .flatMap((line) =>
        names
          .filter((name) => mentions(line, name))
          .map((name) => `${file}: ${name}: ${line.trim()}`),
      ),
  )
  expect(named).toEqual([])
})

/** As a whole text, `'lead'`, or as the table of a query. */
const mentions = (line: string, name: string): boolean =>
  new RegExp(
    `['"\`]${name}['"\`]|\\b(from|join|into|update|table|on) ${name}\\b|\\b${name}\\.(id|[a-z]+_[a-z_]+)\\b`,
  ).test(line)

test('such a name is found where there is one', () => {
  expect(mentions('select title from lead where id = ?', 'lead')).toBe(true)
  expect(mentions("const holders = ['lead']", 'lead')).toBe(true)
  expect(mentions('leadsTo(next)', 'lead')).toBe(false)
})
