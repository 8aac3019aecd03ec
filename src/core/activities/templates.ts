/** Activity templates: common activities, prefilled. */
import type { ActivityTemplate } from '../../contract/activities'
import type { Actor } from '../kernel/actor'
import type { Writer } from '../kernel/database'
import { notFound } from '../kernel/errors'
import type { Ground } from '../kernel/ground'
import { quoted } from '../kernel/records'
import type { RowOf } from '../kernel/rows'
import { activityTemplate } from './table'
import type { Words } from './words'

export type ActivityTemplates = ReturnType<typeof createActivityTemplates>
type Fields = { [K in keyof Omit<ActivityTemplate, 'id'>]?: ActivityTemplate[K] | undefined }

/** The templates of a new database. */
export function addDefaultTemplates(writer: Writer): void {
  for (const values of [
    {
      name: 'Left a voicemail',
      type: 'call',
      subject: 'Left a voicemail',
      outcome: 'voicemail_left',
      direction: 'outbound',
      durationMinutes: 1,
    },
    {
      name: 'No answer',
      type: 'call',
      subject: 'Called, no answer',
      outcome: 'no_answer',
      direction: 'outbound',
      durationMinutes: 1,
    },
    {
      name: 'Discovery call',
      type: 'call',
      subject: 'Discovery call',
      description: 'Situation:\nProblem:\nWho decides:\nBudget and timing:\nNext step:',
      direction: 'outbound',
      durationMinutes: 30,
    },
    { name: 'Follow up in two days', type: 'follow_up', subject: 'Follow up', scheduleInDays: 2 },
    { name: 'Demo', type: 'demo', subject: 'Product demo', durationMinutes: 45, scheduleInDays: 3 },
  ] as const)
    writer.insert(activityTemplate, values)
}

export function createActivityTemplates({ database }: Ground, words: Words) {
  const toShape = (row: RowOf<typeof activityTemplate>): ActivityTemplate => ({
    id: row.id,
    name: row.name,
    type: row.type,
    subject: row.subject,
    description: row.description,
    durationMinutes: row.duration_minutes,
    outcome: row.outcome,
    direction: row.direction,
    scheduleInDays: row.schedule_in_days,
  })
  function requireRow(id: string) {
    const row = database.get<RowOf<typeof activityTemplate>>(
      'select * from activity_template where id = ?',
      id,
    )
    if (!row) throw notFound('activity template')
    return row
  }
  function check(fields: Fields) {
    if (fields.type) words.require('activity_type', fields.type, 'type')
    if (fields.outcome) words.require('outcome', fields.outcome, 'outcome')
  }

  return {
    list: () =>
      database
        .all<RowOf<typeof activityTemplate>>(
          'select * from activity_template order by name collate nocase',
        )
        .map(toShape),
    create(actor: Actor, fields: Fields & { name: string }): ActivityTemplate {
      check(fields)
      let id = ''
      database.act(
        actor,
        { label: `Create activity template ${quoted(fields.name)}` },
        (writer) => {
          id = writer.insert(activityTemplate, fields)
        },
      )
      return toShape(requireRow(id))
    },
    update(actor: Actor, { id, ...fields }: Fields & { id: string }): ActivityTemplate {
      const row = requireRow(id)
      check(fields)
      database.act(actor, { label: `Change activity template ${quoted(row.name)}` }, (writer) => {
        writer.update(activityTemplate, id, fields)
      })
      return toShape(requireRow(id))
    },
    remove(actor: Actor, id: string) {
      const row = requireRow(id)
      database.act(actor, { label: `Delete activity template ${quoted(row.name)}` }, (writer) => {
        writer.remove(activityTemplate, id)
      })
      return { id }
    },
  }
}
