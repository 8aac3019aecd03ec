/** Takes back notifications about records that are gone, because the import that brought them was undone. */
import type { SqlValue } from '../../kernel/database/database'
import type { Kernel } from '../../kernel/kernel'
import type { DigestItem } from './post'

const tables = ['reminder', 'task', 'activity', 'lead', 'customer', 'contact', 'company']

interface Posted {
  id: string
  user_id: string
  kind: string
  title: string
  subject_kind: string | null
  subject_id: string | null
  record_kind: string | null
  record_id: string | null
  items: string
  gathered: string
}

export function createWithdrawal({ database, clock, portions }: Kernel) {
  const exists = (kind: string, id: string): boolean =>
    !tables.includes(kind) || database.get(`select 1 from ${kind} where id = ?`, id) !== undefined
  const isThere = (key: string): boolean => {
    const [kind = '', id = ''] = key.split(':')
    return exists(kind, id)
  }

  /**
   * Of what was posted since an instant and nobody has read: what is only about records that are gone goes, digests count the
   * rest. A summary of the day goes as well where its numbers may be wrong. Answers whether one went.
   */
  return async function withdraw(since: number): Promise<boolean> {
    const ids = database
      .all<{ id: string }>('select id from notification where at >= ?', since)
      .map(({ id }) => id)
    let isSummaryGone = false
    await portions.run((portion) => {
      const changed: Posted[] = []
      database.transaction(() => {
        for (let id = ids.pop(); id !== undefined; id = ids.pop()) {
          const row = unread(id)
          if (row && withdrawOne(row)) changed.push(row)
          if (portion.isOver()) break
        }
      })
      for (const userId of new Set(changed.map((row) => row.user_id)))
        database.announce(userId, { notification: null, delivery: null })
      isSummaryGone ||= changed.some(({ kind }) => kind === 'daily_summary')
      return ids.length > 0
    })
    return isSummaryGone
  }

  function unread(id: string): Posted | undefined {
    return database.get<Posted>(
      `select id, user_id, kind, title, subject_kind, subject_id, record_kind, record_id, items, gathered from notification
       where id = ? and (read_at is null or settled = 1)`,
      id,
    )
  }

  function withdrawOne(row: Posted): boolean {
    const all = JSON.parse(row.gathered) as string[]
    const left = all.filter(isThere)
    const isSummary = row.kind === 'daily_summary'
    const isGone =
      row.subject_kind !== null
        ? !exists(row.subject_kind, row.subject_id ?? '')
        : (all.length > 0 && left.length === 0) ||
          (isSummary && (left.length < all.length || /overdue/.test(row.title)))
    if (isGone) return run('delete from notification where id = ?', row.id)
    if (left.length === all.length) return false
    const items = (JSON.parse(row.items) as DigestItem[]).filter(
      ({ record }) => record === null || exists(record.kind, record.id),
    )
    return run(
      'update notification set title = ?, body = ?, items = ?, gathered = ?, updated_at = ? where id = ?',
      counted(row.title, left.length),
      items
        .slice(0, 3)
        .map(({ title }) => title)
        .join('\n'),
      JSON.stringify(items),
      JSON.stringify(left),
      clock.now(),
      row.id,
    )
  }

  function run(sql: string, ...parameters: SqlValue[]): boolean {
    return database.prepare(sql).run(...parameters).changes > 0
  }
}

/** “250 things are due” → “2 things are due”, “1 thing is due”. */
const counted = (title: string, count: number): string => {
  const words = title.replace(/^\d+/, String(count))
  return count === 1
    ? words
        .replace(/\b(thing|step|lead)s\b/, '$1')
        .replace(/\bare\b/, 'is')
        .replace(/\blie\b/, 'lies')
    : words
}
