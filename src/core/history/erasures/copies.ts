/** Copies of the database that were made while a person was in it. */
import type { Backup } from '../../../contract/kernel/backup'
import { listBackups } from '../../kernel/file/backup'
import { layoutOf } from '../../kernel/file/layout'
import { listQuarantined } from '../../kernel/file/quarantine'

/**
 * @param from when the record was made, epoch milliseconds; clocks may have been off, so copies count
 * from a day before
 */
export function findCopies(
  directory: string,
  from: number,
  to = Number.POSITIVE_INFINITY,
): { backups: Backup[]; quarantined: string[] } {
  const earliest = from - 86_400_000
  return {
    backups: listBackups(directory).filter(({ at }) => {
      const made = Date.parse(at)
      return made >= earliest && made <= to
    }),
    quarantined: listQuarantined(layoutOf(directory)),
  }
}
