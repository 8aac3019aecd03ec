/** Deletes entries of the change log that are older than the workspace keeps them, in small portions. */
import { listBackups } from '../../kernel/file/backup'
import type { Kernel } from '../../kernel/kernel'

const day = 86_400_000
const entriesPerStep = 100
/** These stay whatever their dates say: a clock may have been wrong when they were written. */
const newestKept = 10_000
/** A backup that is younger holds what is deleted. */
const backupHolds = 2 * day

export interface LogRetentionOptions {
  /** The data directory, for its backups. */
  directory: string
  report(error: unknown): void
}

export function createLogRetention(
  { database, clock, workspace, holds, portions }: Kernel,
  { directory, report }: LogRetentionOptions,
) {
  let stopped = false
  let running: Promise<number> | undefined

  /** Begins to delete what is too old, and answers what it does, for people; null where there is nothing to do. */
  function begin(): string | null {
    const days = workspace.settings().logDays
    if (days === null || running || holds.isHeld('clock')) return null
    const now = clock.now()
    const before = now - days * day
    const oldest = database.value<number | null>('select min(at) from batch') ?? null
    if (oldest === null || oldest >= before) return null
    const isBackedUp = listBackups(directory).some(
      ({ at, verified }) => verified && Math.abs(now - Date.parse(at)) < backupHolds,
    )
    if (!isBackedUp) return 'Old log entries stay until there is a backup.'
    running = prune(before).finally(() => {
      running = undefined
    })
    running.catch(report)
    return `Deleting log entries older than ${days} days.`
  }

  /** Whole actions only: half of one could not be undone rightly. Answers how many entries. */
  async function prune(before: number): Promise<number> {
    const last = Number(database.value('select coalesce(max(seq), 0) from change')) - newestKept
    // Who reads the log has to have read it; what was announced early follows holds, not the log.
    const read = database.value<number | null>(
      `select min(seq) from change_cursor where reader <> 'told_early'`,
    )
    const end = Math.min(last, read ?? last)
    // An action that continues after the end, as long imports do, stays as a whole.
    const select = database.prepare(
      `select change.seq, coalesce(batch.at, change.at) as at, exists (
         select 1 from change later where later.batch_id = change.batch_id and later.seq > @end) as goesOn
       from change left join batch on batch.id = change.batch_id
       where change.seq > @from and change.seq <= @end order by change.seq limit ${entriesPerStep}`,
    )
    const remove = database.prepare('delete from change where seq = ?')
    const removeBatches = database.prepare(
      `delete from batch where rowid in (
         select rowid from batch where at < ? and not exists (select 1 from change where batch_id = batch.id)
         order by at limit ${entriesPerStep})`,
    )
    let deleted = 0
    let from = -1
    await inPortions(() => {
      const rows = select.all({ from, end }) as { seq: number; at: number; goesOn: number }[]
      for (const { seq, at, goesOn } of rows)
        if (at < before && !goesOn) deleted += remove.run(seq).changes
      from = rows.at(-1)?.seq ?? end
      return rows.length === entriesPerStep
    })
    await inPortions(() => removeBatches.run(before).changes === entriesPerStep)
    return deleted
  }

  /** Repeats a step until it answers that there is no more; others get their turn in between. */
  const inPortions = (step: () => boolean): Promise<void> =>
    portions.run((portion) =>
      database.transaction(() => {
        while (!stopped && step()) if (portion.isOver()) return true
        return false
      }),
    )

  return {
    begin,
    /** Resolves when what was begun is done. */
    settled: () => running?.catch(() => {}),
    async close(): Promise<void> {
      stopped = true
      await running?.catch(() => {})
    },
  }
}
