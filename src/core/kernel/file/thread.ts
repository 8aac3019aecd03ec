/**
 * Copies and checks databases on a thread of their own: at a gigabyte that takes seconds, in which
 * the thread that answers must keep answering.
 */
import { Worker } from 'node:worker_threads'

export interface Examined {
  /** What SQLite finds wrong; empty for a sound file. */
  problems: string[]
  /** Number of rows by table. */
  rows: Record<string, number>
  applicationId: number
  /** The number of migrations applied. */
  version: number
  /** When the applied migrations were made, as the migrations' journal says. */
  applied: number[]
}

/**
 * Copies a live database with SQLite's own backup and examines the copy, which is one file
 * without companions. Writers of the source are not held up.
 * @throws what SQLite says, e.g. SQLITE_FULL; the target may then be half there
 */
export const copyDatabase = (source: string, target: string, signal?: AbortSignal) =>
  runThread({ source, target }, signal)

/** Opens a database read-only and reads all of it. @throws what SQLite says, e.g. SQLITE_NOTADB */
export const examineDatabase = (target: string) => runThread({ target })

interface Work {
  source?: string
  target: string
}
type Outcome = { examined: Examined } | { failure: { message: string; code: string | undefined } }

async function runThread(work: Work, signal?: AbortSignal): Promise<Examined> {
  signal?.throwIfAborted()
  return new Promise((resolve, reject) => {
    // Asked to end, never ended by force: terminate() within a native call of better-sqlite3, its
    // loading included, aborts the whole process.
    const stop = new Int32Array(new SharedArrayBuffer(4))
    const worker = new Worker(program, {
      eval: true,
      name: 'backup',
      workerData: { ...work, stop, resolveFrom: import.meta.url },
    })
    const abort = () => void Atomics.store(stop, 0, 1)
    signal?.addEventListener('abort', abort)
    worker.once('message', (outcome: Outcome) => {
      if ('examined' in outcome) resolve(outcome.examined)
      else if (signal?.aborted) reject(signal.reason)
      else reject(Object.assign(new Error(outcome.failure.message), { code: outcome.failure.code }))
    })
    worker.once('error', reject)
    worker.once('exit', () => {
      signal?.removeEventListener('abort', abort)
      // Later than any message: does nothing unless the thread ended without one.
      reject(signal?.reason ?? new Error('The thread that copies the database ended.'))
    })
  })
}

/**
 * Plain JavaScript in a string, so that it needs no file of its own beside the bundles.
 *
 * The whole copy is one step: a backup in several steps starts over at each write of another
 * connection, and a busy database would never be done. Faults that SQLite finds in a full-text
 * index do not count: the records beneath are whole, and the index can be built again from them.
 */
const program = `
const { createRequire } = require('node:module')
const { parentPort, workerData } = require('node:worker_threads')

/** Between two native calls: whoever waits for this has given up. */
function resume() {
  if (Atomics.load(workerData.stop, 0) === 1) throw new Error('given up')
}

function use(file, options, work) {
  resume()
  const Database = createRequire(workerData.resolveFrom)('better-sqlite3')
  const database = new Database(file, { fileMustExist: true, ...options })
  // Each page is read once.
  database.pragma('cache_size = -1024')
  const done = () => database.close()
  let result
  try {
    result = work(database)
  } catch (error) {
    done()
    throw error
  }
  if (!(result instanceof Promise)) done()
  return result instanceof Promise ? result.finally(done) : result
}

function examine(database) {
  const all = (sql) => database.prepare(sql).raw().all()
  const tables = all("select name from pragma_table_list where schema = 'main' and type = 'table' and name not like 'sqlite_%'")
  const problems = database.pragma('quick_check(20)')
    .map((row) => row.quick_check)
    .filter((text) => text !== 'ok' && !text.includes('inverted index for FTS'))
  const rows = {}
  for (const [name] of tables) {
    resume()
    rows[name] = database.prepare('select count(*) from "' + name.replaceAll('"', '""') + '"').pluck().get()
  }
  return {
    problems,
    rows,
    applicationId: database.pragma('application_id', { simple: true }),
    version: database.pragma('user_version', { simple: true }),
    applied: '__drizzle_migrations' in rows
      ? all('select created_at from __drizzle_migrations order by created_at').map(([at]) => Number(at))
      : [],
  }
}

async function run({ source, target }) {
  if (source !== undefined) {
    await use(source, { readonly: true }, (database) =>
      database.backup(target, { progress: () => 0x7fffffff }))
    use(target, {}, (database) => database.pragma('journal_mode = DELETE'))
  }
  return use(target, { readonly: true }, examine)
}

run(workerData).then(
  (examined) => parentPort.postMessage({ examined }),
  (error) => parentPort.postMessage({ failure: { message: error.message, code: error.code } }),
)
`
