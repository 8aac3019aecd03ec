/** How much of this database is in a backup: what is deleted for good is in one, or it waits. */
import type { Backup } from '../../../contract/kernel/backup'
import { listBackups, positionOf } from '../../kernel/file/backup'
import type { Kernel } from '../../kernel/kernel'

export type BackedUp = ReturnType<typeof createBackedUp>

const reader = 'backup'

/**
 * The position is kept in the database itself, so that one that was restored knows nothing of
 * backups made of the one it replaced.
 */
export function createBackedUp({ database }: Pick<Kernel, 'database'>, directory: string) {
  return {
    /** To be called for each backup that was made and checked. */
    note(backup: Backup): void {
      database
        .prepare(
          `insert into change_cursor (reader, seq) values (?, ?)
           on conflict (reader) do update set seq = excluded.seq`,
        )
        .run(reader, positionOf(backup))
    },
    /** The last change that is in a backup which is there and whole; 0 where none is. */
    upTo(): number {
      const seq =
        database.value<number>('select seq from change_cursor where reader = ?', reader) ?? 0
      const isThere = listBackups(directory).some(
        (backup) => backup.verified && positionOf(backup) === seq,
      )
      return isThere ? seq : 0
    },
  }
}
