/** The imports there were and are, in their table. */
import type { Role } from '../../../../contract/kernel/words'
import type { Import } from '../../../../contract/transfer/import'
import type { Actor } from '../../../kernel/actor'
import { seesAll } from '../../../kernel/authorisation'
import type { Database } from '../../../kernel/database/database'
import { newId } from '../../../kernel/database/ids'
import { notFound } from '../../../kernel/errors'
import type { ImportFiles } from './files'
import { emptyProgress, type ImportState, type Run, type StoredRun, stateOf, toRun } from './run'
import { shownRun } from './shown-run'

const select = `select import_run.*, user.name as user_name, batch.id as known_batch, batch.undone_at as batch_undone_at from import_run
  left join user on user.id = import_run.user_id left join batch on batch.id = import_run.batch_id`

const dayInMilliseconds = 86_400_000

export type Runs = ReturnType<typeof createRuns>

export function createRuns(database: Database, files: ImportFiles) {
  const { clock } = database

  function create(
    actor: Actor,
    given: Pick<Run, 'fileId' | 'kind' | 'options' | 'mapping' | 'dryRun'>,
  ): Run {
    const now = clock.now()
    const run: Run = {
      ...given,
      id: newId(now),
      state: given.dryRun ? 'checking' : 'running',
      progress: emptyProgress(),
      recordsDone: 0,
      batchId: given.dryRun ? null : newId(now),
      userId: actor.userId,
      message: null,
      startedAt: now,
      finishedAt: null,
    }
    database
      .prepare(
        `insert into import_run (id, file_id, kind, state, dry_run, options, mapping, progress, records_done, batch_id,
           user_id, started_at, created_at, updated_at) values (?, ?, ?, ?, ?, ?, ?, ?, 0, ?, ?, ?, ?, ?)`,
      )
      .run(
        run.id,
        run.fileId,
        run.kind,
        run.state,
        run.dryRun ? 1 : 0,
        JSON.stringify(run.options),
        JSON.stringify(run.mapping),
        JSON.stringify(run.progress),
        run.batchId,
        run.userId,
        now,
        now,
        now,
      )
    return run
  }

  /** Writes what changes while it works; inside a transaction, with the rows. */
  function save(run: Run) {
    database
      .prepare(
        `update import_run set state = ?, progress = ?, records_done = ?, batch_id = ?, message = ?, finished_at = ?, updated_at = ?
         where id = ?`,
      )
      .run(
        run.state,
        JSON.stringify(run.progress),
        run.recordsDone,
        run.batchId,
        run.message,
        run.finishedAt,
        clock.now(),
        run.id,
      )
  }

  function requireRow(actor: Actor, id: string): StoredRun {
    const row = database.get<StoredRun>(`${select} where import_run.id = ?`, id)
    if (!row || (!seesAll(actor) && row.user_id !== actor.userId)) throw notFound('import')
    return row
  }

  const toShape = (row: StoredRun): Import => shownRun(row, files.find(row.file_id))
  const asOfNow = (row: StoredRun): Run => ({ ...toRun(row), state: stateOf(row) })

  return {
    create,
    save,
    /** @throws not_found also where it is somebody else's and the actor sees only its own */
    require: (actor: Actor, id: string): Run => asOfNow(requireRow(actor, id)),
    /** The import that wrote a batch, if one did. */
    ofBatch(actor: Actor, batchId: string): Run | undefined {
      const id = database.value<string>('select id from import_run where batch_id = ?', batchId)
      return id === undefined ? undefined : asOfNow(requireRow(actor, id))
    },
    get: (actor: Actor, id: string): Import => toShape(requireRow(actor, id)),
    /** Imports, newest first; checks are no history. */
    history: (actor: Actor, limit: number): Import[] =>
      database
        .all<StoredRun>(
          `${select} where dry_run = 0 ${seesAll(actor) ? '' : 'and import_run.user_id = ?'} order by import_run.rowid desc limit ?`,
          ...(seesAll(actor) ? [] : [actor.userId]),
          limit,
        )
        .map(toShape),
    /** As last saved. */
    stored: (id: string): Run | undefined => {
      const row = database.get<StoredRun>(`${select} where import_run.id = ?`, id)
      return row && toRun(row)
    },
    /** A check keeps nothing of what it read before it was stopped: it reads from the first record. */
    asNew(run: Run): Run {
      database.prepare('delete from import_rejection where run_id = ?').run(run.id)
      return { ...run, progress: emptyProgress(), recordsDone: 0 }
    },
    /** Whoever started it, with the role of today; undefined where it is nobody any more. */
    actorOf(run: Run): Actor | undefined {
      const row = database.get<{ id: string; role: Role }>(
        'select id, role from user where id = ? and deleted_at is null',
        run.userId,
      )
      return row && { userId: row.id, role: row.role, door: 'system' }
    },
    /** Checks are of no interest once the import is decided; their rejected rows go with them. */
    removeOldChecks() {
      database
        .prepare('delete from import_run where dry_run = 1 and started_at not between ? and ?')
        .run(clock.now() - dayInMilliseconds, clock.now())
    },
    /** Forgets which lines of the file its records were, of imports that are decided. Answers whether any are left. */
    forgetLines: (most: number): boolean =>
      database
        .prepare(
          `delete from import_record where (run_id, record_id) in (select import_record.run_id, record_id from import_record
             join import_run on import_run.id = run_id where state in ('done', 'undone') limit ?)`,
        )
        .run(most).changes === most,
    inState: (state: ImportState): Run[] =>
      database.all<StoredRun>(`${select} where import_run.state = ?`, state).map(toRun),
  }
}
