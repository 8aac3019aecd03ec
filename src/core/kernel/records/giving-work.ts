/** Whether the open work on a record goes to its new owner with it; the triggers that move it look here. */
import type { Writer } from '../database/database'

/** @param moveOpenWork as an update says it; what it does not say is yes */
export function givingWork<Result>(
  writer: Writer,
  moveOpenWork: boolean | undefined,
  work: () => Result,
): Result {
  if (moveOpenWork !== false) return work()
  writer.run('update session set keeps_work = 1 where id = 1')
  const result = work()
  writer.run('update session set keeps_work = 0 where id = 1')
  return result
}
