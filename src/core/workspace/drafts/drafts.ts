/** Keeps what users have typed and not saved: each user's own, with limits on size, number and age. */
import type { contract } from '../../../contract'
import type { InputOf } from '../../../contract/kernel/base'
import { type Draft, draftDays, longestDraft, mostDrafts } from '../../../contract/workspace/drafts'
import type { Actor } from '../../kernel/actor'
import { type RowOf, toInstant } from '../../kernel/database/rows'
import { invalid } from '../../kernel/errors'
import type { ReplacedDatabase } from '../../kernel/file/replaced'
import type { Kernel } from '../../kernel/kernel'
import type { draft } from './table'

export type Drafts = ReturnType<typeof createDrafts>

const dayInMilliseconds = 86_400_000
const ids = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g

export function createDrafts({ database, clock }: Kernel) {
  const list = (actor: Actor): Draft[] =>
    database
      .all<RowOf<typeof draft>>(
        'select * from draft where user_id = ? order by updated_at desc, key',
        actor.userId,
      )
      .map((row) => ({
        key: row.key,
        title: row.title,
        place: JSON.parse(row.place),
        recordId: row.record_id,
        content: JSON.parse(row.content),
        basedOn: JSON.parse(row.based_on),
        savedAt: toInstant(row.updated_at),
      }))

  function save(actor: Actor, input: InputOf<(typeof contract)['drafts']['save']>) {
    const { key, title } = input
    const [place, content, basedOn] = [input.place, input.content, input.basedOn].map((value) =>
      JSON.stringify(value ?? null),
    ) as [string, string, string]
    if (place.length + content.length + basedOn.length > longestDraft)
      throw invalid('content', `must have at most ${longestDraft / 1000} kB`)
    const now = clock.now()
    const isNew = database.transaction(() => {
      const before = database.get(
        'select 1 from draft where user_id = ? and key = ?',
        actor.userId,
        key,
      )
      database
        .prepare(
          `insert into draft (user_id, key, title, place, record_id, content, based_on, created_at, updated_at)
           values (?, ?, ?, ?, ?, ?, ?, ?, ?)
           on conflict do update set title = excluded.title, place = excluded.place,
             record_id = excluded.record_id, content = excluded.content, based_on = excluded.based_on,
             updated_at = excluded.updated_at`,
        )
        .run(actor.userId, key, title, place, input.recordId ?? null, content, basedOn, now, now)
      if (before === undefined) {
        // Never the one being written, also when the clock was set back.
        database
          .prepare(
            `delete from draft where user_id = ? and key in (
               select key from draft where user_id = ? and key <> ?
               order by updated_at desc, key limit -1 offset ?)`,
          )
          .run(actor.userId, actor.userId, key, mostDrafts - 1)
      }
      return before === undefined
    })
    if (isNew) database.announce(actor.userId, { draft: null })
    return { key, savedAt: toInstant(now) }
  }

  function remove(actor: Actor, key: string) {
    const { changes } = database
      .prepare('delete from draft where user_id = ? and key = ?')
      .run(actor.userId, key)
    if (changes > 0) database.announce(actor.userId, { draft: null })
    return { key }
  }

  /** Removes every user's drafts that are about these records or name them. For what must not stay. */
  function forget(recordIds: ReadonlySet<string>): number {
    const found = database
      .all<
        Pick<
          RowOf<typeof draft>,
          'user_id' | 'key' | 'record_id' | 'place' | 'content' | 'based_on'
        >
      >('select user_id, key, record_id, place, content, based_on from draft')
      .filter(({ key, record_id, place, content, based_on }) =>
        [record_id, key, place, content, based_on].some((text) =>
          text?.match(ids)?.some((id) => recordIds.has(id)),
        ),
      )
    for (const { user_id, key } of found)
      database.prepare('delete from draft where user_id = ? and key = ?').run(user_id, key)
    for (const userId of new Set(found.map(({ user_id }) => user_id)))
      database.announce(userId, { draft: null })
    return found.length
  }

  /** Keeps what was typed in a database that lost its place. To be called in a transaction. */
  function carryOver(databases: readonly ReplacedDatabase[]): void {
    for (const from of databases)
      for (const row of from.all<RowOf<typeof draft>>('select * from draft')) {
        const columns = Object.keys(row)
        const { changes } = database
          .prepare(
            `insert or ignore into draft (${columns.join(', ')})
             select ${columns.map(() => '?').join(', ')} where exists (select 1 from user where id = ?)`,
          )
          .run(...Object.values(row), row.user_id)
        if (changes > 0) database.announce(row.user_id, { draft: null })
      }
  }

  /** Removes drafts that nobody came back to. */
  const cleanUp = (): number =>
    database
      .prepare('delete from draft where updated_at < ?')
      .run(clock.now() - draftDays * dayInMilliseconds).changes

  return { list, save, remove, forget, carryOver, cleanUp }
}
