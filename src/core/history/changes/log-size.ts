/** How much of the database the change log takes: estimated from a sample, for to count it would read it all. */
import type { LogSize } from '../../../contract/history/changes'
import type { Database } from '../../kernel/database/database'
import { toInstantOrNull } from '../../kernel/database/rows'

const samples = 200
/** Numbers of entries looked at behind each sample: around an action that stayed as a whole most are free. */
const window = 20
/** Bytes of an entry besides its texts: header, numbers, and the part of each page that is left free. */
const rowBytes = 24
const rowFill = 0.96
/** Of both indexes besides the id: numbers and the header. */
const indexBytes = 2 * 12
const indexFill = 0.75

export function measureLog(database: Database): LogSize {
  const ends = database.get<{ first: number | null; last: number | null }>(
    'select min(seq) as first, max(seq) as last from change',
  )
  const { first, last } = ends ?? {}
  if (typeof first !== 'number' || typeof last !== 'number')
    return { entries: 0, bytes: 0, since: null }
  const span = last - first + 1
  const within = database.prepare('select count(*) from change where seq >= ? and seq < ?').pluck()
  const next = `select length(batch_id) + coalesce(length(user_id), 0) + length(door) + length(table_name)
      + length(row_id) + length(operation) + coalesce(octet_length(before), 0) + coalesce(octet_length(after), 0) as bytes, length(batch_id) + length(row_id) as indexed
    from change where seq >= ? order by seq limit 1`
  let texts = 0
  let indexed = 0
  let found = 0
  for (let index = 0; index < samples; index++) {
    const place = first + Math.floor(((index + 0.5) * Math.max(span - window, 1)) / samples)
    const row = database.get<{ bytes: number; indexed: number }>(next, place)
    texts += row?.bytes ?? 0
    indexed += row?.indexed ?? 0
    found += Number(within.get(place, place + window))
  }
  const entries =
    span > samples * window
      ? Math.round((span * found) / (samples * window))
      : Number(within.get(first, last + 1))
  const entry =
    (texts / samples + rowBytes) / rowFill + (indexed / samples + indexBytes) / indexFill
  const since = database.value<number | null>('select min(at) from batch') ?? null
  return { entries, bytes: Math.round(entries * entry), since: toInstantOrNull(since) }
}
