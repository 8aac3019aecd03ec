/** Activity types and outcomes: the built-in ones and those users add. */

import { ownValue } from '../../../contract/kernel/own-value'
import type { Word } from '../../../contract/timeline/activities'
import { activityOutcomes, manualActivityTypes } from '../../../contract/timeline/words'
import type { Actor } from '../../kernel/actor'
import type { Writer } from '../../kernel/database/database'
import type { RowOf } from '../../kernel/database/rows'
import { invalid, notFound } from '../../kernel/errors'
import { nameFrom } from '../../kernel/fields/names'
import type { Kernel } from '../../kernel/kernel'
import { quoted } from '../../kernel/records/records'
import { word } from './table'

export type Words = ReturnType<typeof createWords>
export type WordList = RowOf<typeof word>['list']

const special: Record<string, string> = {
  email: 'E-mail',
  sms: 'SMS',
  linkedin_message: 'LinkedIn message',
  telegram_message: 'Telegram message',
  follow_up: 'Follow-up',
}
/** `quote_sent` → “Quote sent”. */
const labelOf = (name: string): string =>
  ownValue(special, name) ?? (name.charAt(0).toUpperCase() + name.slice(1)).replaceAll('_', ' ')

/** The words of a new database. */
export function addDefaultWords(writer: Writer): void {
  const add = (list: WordList, names: readonly string[]) => {
    for (const [position, name] of names.entries())
      writer.insert(word, { list, name, label: labelOf(name), builtIn: true, position })
  }
  add('activity_type', manualActivityTypes)
  add('outcome', activityOutcomes)
}

export function createWords({ database }: Kernel) {
  const toShape = (row: RowOf<typeof word>): Word => ({
    name: row.name,
    label: row.label,
    builtIn: row.built_in === 1,
    active: row.active === 1,
  })
  const rows = (list: WordList) =>
    database.all<RowOf<typeof word>>('select * from word where list = ? order by position', list)
  const find = (list: WordList, name: string) =>
    database.get<RowOf<typeof word>>('select * from word where list = +? and name = +?', list, name)

  function requireWord(list: WordList, name: string): RowOf<typeof word> {
    const row = find(list, name)
    if (!row) throw notFound(list === 'outcome' ? 'outcome' : 'activity type')
    return row
  }

  function add(actor: Actor, list: WordList, label: string): Word {
    const name = nameFrom(label)
    if (!name) throw invalid('label', 'must contain a letter from a to z')
    if (find(list, name)) throw invalid('label', `there is already ${labelOf(name)}`)
    database.act(actor, { label: `Add ${quoted(label)}` }, (writer) => {
      insert(writer, list, name, label)
    })
    return toShape(find(list, name) as RowOf<typeof word>)
  }

  const insert = (writer: Writer, list: WordList, name: string, label = labelOf(name)) =>
    writer.insert(word, {
      list,
      name,
      label,
      position: Number(
        database.value('select coalesce(max(position), -1) + 1 from word where list = ?', list),
      ),
    })

  function update(
    actor: Actor,
    list: WordList,
    patch: { name: string; label?: string | undefined; active?: boolean | undefined },
  ): Word {
    const row = requireWord(list, patch.name)
    database.act(actor, { label: `Change ${quoted(row.label)}` }, (writer) => {
      writer.update(word, row.id, { label: patch.label, active: patch.active })
    })
    return toShape(find(list, patch.name) as RowOf<typeof word>)
  }

  return {
    list: (list: WordList) => rows(list).map(toShape),
    get: (list: WordList, name: string) => toShape(requireWord(list, name)),
    idOf: (list: WordList, name: string) => requireWord(list, name).id,
    add,
    insert,
    update,
    exists: (list: WordList, name: string) => find(list, name) !== undefined,
    label: (list: WordList, name: string) => find(list, name)?.label ?? labelOf(name),
    /** @throws invalid naming the field when the word is unknown */
    require(list: WordList, name: string, field: string): void {
      if (!find(list, name))
        throw invalid(
          field,
          `must be one of ${rows(list)
            .map((row) => row.name)
            .join(', ')}`,
        )
    },
  }
}
