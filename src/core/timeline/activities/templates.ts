/** Activity templates: common activities, prefilled. */
import type { ActivityTemplate } from '../../../contract/timeline/activities'
import type { Actor } from '../../kernel/actor'
import { seesAll } from '../../kernel/authorisation'
import type { Writer } from '../../kernel/database/database'
import { type RowOf, toReference } from '../../kernel/database/rows'
import { forbidden, notFound } from '../../kernel/errors'
import type { Kernel } from '../../kernel/kernel'
import { quoted } from '../../kernel/records/records'
import { activityTemplate } from './table'
import type { Words } from './words'

export type ActivityTemplates = ReturnType<typeof createActivityTemplates>
type Fields = {
  [K in keyof Omit<ActivityTemplate, 'id' | 'createdBy'>]?: ActivityTemplate[K] | undefined
}
type TemplateRow = RowOf<typeof activityTemplate> & { author_name: string | null }

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

export function createActivityTemplates({ database }: Kernel, words: Words) {
  const select = `select activity_template.*, user.name as author_name from activity_template
    left join user on user.id = activity_template.created_by`
  const toShape = (row: TemplateRow): ActivityTemplate => ({
    id: row.id,
    name: row.name,
    type: row.type,
    subject: row.subject,
    description: row.description,
    durationMinutes: row.duration_minutes,
    outcome: row.outcome,
    direction: row.direction,
    scheduleInDays: row.schedule_in_days,
    createdBy: toReference(row.created_by, row.author_name),
  })
  function requireRow(id: string) {
    const row = database.get<TemplateRow>(`${select} where activity_template.id = ?`, id)
    if (!row) throw notFound('activity template')
    return row
  }
  /** A rep changes those it made. */
  function requireOwn(actor: Actor, id: string) {
    const row = requireRow(id)
    if (!seesAll(actor) && row.created_by !== actor.userId)
      throw forbidden('Only who made this template or a manager may change it.')
    return row
  }
  function check(fields: Fields) {
    if (fields.type) words.require('activity_type', fields.type, 'type')
    if (fields.outcome) words.require('outcome', fields.outcome, 'outcome')
  }

  return {
    list: () =>
      database
        .all<TemplateRow>(`${select} order by activity_template.name collate nocase`)
        .map(toShape),
    get: (id: string) => toShape(requireRow(id)),
    create(actor: Actor, fields: Fields & { name: string; type: string }): ActivityTemplate {
      check(fields)
      let id = ''
      database.act(
        actor,
        { label: `Create activity template ${quoted(fields.name)}` },
        (writer) => {
          id = writer.insert(activityTemplate, { ...fields, createdBy: actor.userId })
        },
      )
      return toShape(requireRow(id))
    },
    update(actor: Actor, { id, ...fields }: Fields & { id: string }): ActivityTemplate {
      const row = requireOwn(actor, id)
      check(fields)
      database.act(actor, { label: `Change activity template ${quoted(row.name)}` }, (writer) => {
        writer.update(activityTemplate, id, fields)
      })
      return toShape(requireRow(id))
    },
    remove(actor: Actor, id: string) {
      const row = requireOwn(actor, id)
      database.act(actor, { label: `Delete activity template ${quoted(row.name)}` }, (writer) => {
        writer.remove(activityTemplate, id)
      })
      return { id }
    },
  }
}
