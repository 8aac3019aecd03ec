/** What the tests of the database file share: data directories, migrations, and programs to be killed. */
import { type ChildProcess, spawn } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type Database from 'better-sqlite3'
import { build } from 'vite'
import { onTestFinished } from 'vitest'
import { removeFolder } from '../../../testing-folder'
import type { Clock } from '../time/clock'
import { type OpenedFile, type OpenFileOptions, openFile } from './open-file'

/** A folder of its own for the running test. */
export function makeDirectory(): string {
  const directory = mkdtempSync(join(tmpdir(), 'rapport-file-'))
  onTestFinished(() => removeFolder(directory))
  return directory
}

export interface FakeClock extends Clock {
  set(instant: string): void
}

export function createFakeClock(start = '2026-11-20T09:30:00.000Z'): FakeClock {
  let now = Date.parse(start)
  return {
    now: () => now,
    set(instant) {
      now = Date.parse(instant)
    },
  }
}

/** Steps as drizzle-kit writes them: statements between breakpoints, dated by their order. */
export function makeMigrations(steps: { name: string; sql: string; when?: number }[]): string {
  const folder = makeDirectory()
  mkdirSync(join(folder, 'meta'))
  const entries = steps.map(({ name, when }, idx) => ({
    idx,
    version: '6',
    when: when ?? firstMigration + idx,
    tag: name,
    breakpoints: true,
  }))
  writeFileSync(
    join(folder, 'meta', '_journal.json'),
    JSON.stringify({ version: '7', dialect: 'sqlite', entries }),
  )
  for (const { name, sql } of steps) writeFileSync(join(folder, `${name}.sql`), sql)
  return folder
}
export const firstMigration = 1_795_000_000_000

/** Companies with contacts that go with them: the smallest CRM in which a rebuild can lose rows. */
export const companiesAndContacts = {
  name: '0000_first',
  sql: `create table company (id text primary key not null, name text not null);
--> statement-breakpoint
create table contact (id text primary key not null, name text not null,
  company_id text not null references company(id) on delete cascade);`,
}

/** What drizzle-kit generates where a column changes: a new table, a copy, a swap. */
export const rebuildCompany = {
  name: '0001_rebuild',
  sql: `PRAGMA foreign_keys=OFF;--> statement-breakpoint
create table __new_company (id text primary key not null, name text not null, city text);
--> statement-breakpoint
insert into __new_company (id, name) select id, name from company;--> statement-breakpoint
drop table company;--> statement-breakpoint
alter table __new_company rename to company;--> statement-breakpoint
PRAGMA foreign_keys=ON;`,
}

/** A view and a trigger, as the CRM hangs them on its tables. */
export const triggers: Pick<
  OpenFileOptions,
  'beforeMigration' | 'afterMigration' | 'triggersFingerprint'
> = {
  beforeMigration: (connection) =>
    connection.exec('drop view if exists v_company; drop trigger if exists company_named'),
  afterMigration: (connection) =>
    connection.exec(`create view v_company as select name from company;
      create trigger company_named after insert on company begin
        update company set name = trim(new.name) where id = new.id; end`),
  triggersFingerprint: 'first',
}

export type Ready = Extract<OpenedFile, { state: 'ready' }>
export type Damaged = Extract<OpenedFile, { state: 'damaged' }>

export type Files = ReturnType<typeof createFiles>

/** A data directory to open again and again; what is open is closed when the test ends. */
export function createFiles(defaults: Partial<OpenFileOptions> = {}) {
  const directory = defaults.directory ?? makeDirectory()
  const clock = createFakeClock()
  const options: OpenFileOptions = {
    directory,
    migrations: defaults.migrations ?? makeMigrations([companiesAndContacts]),
    clock,
    ...triggers,
    ...defaults,
  }
  const open = async (changes: Partial<OpenFileOptions> = {}): Promise<OpenedFile> => {
    const opened = await openFile({ ...options, ...changes })
    onTestFinished(() => close(opened))
    return opened
  }
  return {
    directory,
    clock,
    options,
    file: join(directory, 'rapport.db'),
    open,
    async openReady(changes?: Partial<OpenFileOptions>): Promise<Ready> {
      const opened = await open(changes)
      if (opened.state !== 'ready') throw new Error(`damaged: ${opened.message}`)
      return opened
    },
    async openDamaged(changes?: Partial<OpenFileOptions>): Promise<Damaged> {
      const opened = await open(changes)
      if (opened.state !== 'damaged') throw new Error('the file was opened, though damaged')
      return opened
    },
  }
}

export function close(opened: OpenedFile): void {
  if (opened.state === 'ready') opened.connection.close()
  opened.lock.release()
}

/** Copies the files of an open database as a power failure would leave them, to another directory. */
export function copyAsCrashed(from: string, to: string): void {
  for (const name of ['rapport.db', 'rapport.db-wal']) cpSync(join(from, name), join(to, name))
}

export function addCompany(connection: Database.Database, id: string, contacts = 0): void {
  connection.prepare('insert into company (id, name) values (?, ?)').run(id, `Company ${id}`)
  for (let index = 0; index < contacts; index++)
    connection
      .prepare('insert into contact (id, name, company_id) values (?, ?, ?)')
      .run(`${id}-${index}`, `Contact ${index}`, id)
}

export const count = (connection: Database.Database, table: string): number =>
  Number(connection.prepare(`select count(*) from ${table}`).pluck().get())

/** What a refused promise says. */
export async function refusal(
  promise: Promise<unknown>,
): Promise<{ code: string; message: string; data: Record<string, unknown> }> {
  try {
    await promise
  } catch (error) {
    if (error instanceof Error && 'code' in error)
      return {
        code: String(error.code),
        message: error.message,
        data: ('data' in error ? error.data : undefined) as Record<string, unknown>,
      }
    throw error
  }
  throw new Error('It was not refused.')
}

const root = fileURLToPath(new URL('../../../../', import.meta.url))

/** Bundles a `process-to-kill.ts`, this folder's by default, so that it starts quickly. @returns the file to run */
export async function buildProcess(
  entry = new URL('./process-to-kill.ts', import.meta.url),
): Promise<{ program: string; remove(): void }> {
  const folder = mkdtempSync(join(tmpdir(), 'rapport-process-'))
  await build({
    configFile: false,
    logLevel: 'error',
    root,
    build: {
      ssr: fileURLToPath(entry),
      outDir: join(folder, 'out'),
      minify: false,
    },
    ssr: { noExternal: true, external: ['better-sqlite3'] },
  })
  symlinkSync(join(root, 'node_modules'), join(folder, 'out', 'node_modules'), 'junction')
  return {
    program: join(folder, 'out', 'process-to-kill.js'),
    remove: () => removeFolder(folder),
  }
}

export interface ProcessToKill {
  process: ChildProcess
  /** Whole lines that it has printed. */
  lines(): string[]
  /** Resolves with its first line; rejects when it ends before. */
  spoken: Promise<string>
  /** Kills it without a chance to clean up, and waits until it is gone. */
  kill(): Promise<void>
  ended: Promise<number | null>
}

export function startProcess(
  program: string,
  args: string[],
  command: { file: string; before: string[] } = { file: process.execPath, before: [] },
): ProcessToKill {
  const child = spawn(command.file, [...command.before, program, ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let text = ''
  let complaint = ''
  const spoken = Promise.withResolvers<string>()
  const ended = Promise.withResolvers<number | null>()
  spoken.promise.catch(() => undefined)
  const lines = () => text.split('\n').slice(0, -1)
  child.stdout.on('data', (chunk: Buffer) => {
    text += chunk.toString()
    const [first] = lines()
    if (first !== undefined) spoken.resolve(first)
  })
  child.stderr.on('data', (chunk: Buffer) => {
    complaint += chunk.toString()
  })
  child.on('close', (code) => {
    ended.resolve(code)
    spoken.reject(new Error(`It ended with ${code} before a word. ${complaint}`))
  })
  return {
    process: child,
    lines,
    spoken: spoken.promise,
    ended: ended.promise,
    async kill() {
      child.kill('SIGKILL')
      await ended.promise
    },
  }
}
