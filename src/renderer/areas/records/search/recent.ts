/** The records opened last on this machine, newest first. */
import { type RecordKind, recordKinds } from '../../../../contract/kernel/words'

export interface RecentRecord {
  kind: RecordKind
  id: string
  name: string
}

export const recentKey = 'rapport.recent'
const most = 8

export function withRecent(list: readonly RecentRecord[], record: RecentRecord): RecentRecord[] {
  const others = list.filter((other) => other.id !== record.id)
  return [record, ...others].slice(0, most)
}

/** What was stored before, leaving out what does not read as a record. */
export function readRecent(stored: unknown): RecentRecord[] {
  if (!Array.isArray(stored)) return []
  return stored.filter(
    (entry): entry is RecentRecord =>
      typeof entry === 'object' &&
      entry !== null &&
      typeof entry.id === 'string' &&
      typeof entry.name === 'string' &&
      recordKinds.includes(entry.kind),
  )
}
