/** Activities: logged, scheduled, completed, and shown on timelines. */

import type { Activity } from '../../../contract/timeline/activities'
import type { PlanChoice } from '../../../contract/timeline/words'
import type { Actor } from '../../kernel/actor'
import type { Writer } from '../../kernel/database/database'
import { conflict } from '../../kernel/errors'
import type { Kernel } from '../../kernel/kernel'
import { actOnMany } from '../../kernel/records/act-on-many'
import { requireHolder } from '../../kernel/records/hangs-on'
import { createRecords, quoted } from '../../kernel/records/records'
import type { Users } from '../../records/users/users'
import { createActivityChecks } from './activity-checks'
import {
  type ActivityListener,
  type ActivityPatch,
  type AddReminders,
  type Completion,
  createActivityCommands,
  type NewActivity,
} from './activity-commands'
import { type ActivityRow, activitySource, ownScope, scope, toActivity } from './activity-rows'
import { createStatistics } from './statistics'
import { activity } from './table'
import { addDefaultTemplates } from './templates'
import { createTimelines } from './timelines'
import { addDefaultWords, type Words } from './words'

export type {
  ActivityListener,
  ActivityPatch,
  AddReminders,
  NewActivity,
} from './activity-commands'
export { type ActivityRow, activitySource } from './activity-rows'
export { activityDay, activityDayAt } from './whole-day'

export type Activities = ReturnType<typeof createActivities>

/** What a new database has of both. */
export function addDefaultWordsAndTemplates(writer: Writer): void {
  addDefaultWords(writer)
  addDefaultTemplates(writer)
}

export function createActivities(
  kernel: Kernel,
  needs: {
    words: Words
    addReminders: AddReminders
    listener?: ActivityListener
    zoneOf: Users['zoneOf']
  },
) {
  const { database } = kernel
  const { words } = needs
  const check = createActivityChecks(kernel, words)
  const commands = createActivityCommands(kernel, needs)
  const nameOf = (row: Pick<ActivityRow, 'subject' | 'type'>) =>
    row.subject ?? words.label('activity_type', row.type)
  const records = createRecords<ActivityRow, Activity>(kernel, {
    noun: 'activity',
    nouns: 'activities',
    table: activity,
    source: activitySource,
    nameOf,
    toShape: toActivity,
    scope,
    ownScope,
  })

  function labelOf(input: NewActivity): string {
    const isPlanned = !input.occurredAt && (input.scheduledAt || input.dueAt)
    return `${isPlanned ? 'Schedule' : 'Log'} ${words.label('activity_type', input.type).toLowerCase()}${input.subject ? ` ${quoted(input.subject)}` : ''}`
  }

  function create(actor: Actor, input: NewActivity): Activity {
    check.all(actor, input)
    return records.written(
      database.act(actor, { label: labelOf(input) }, (writer) => commands.insert(writer, input)),
    )
  }

  function createMany(actor: Actor, inputs: NewActivity[]) {
    for (const input of inputs) check.all(actor, input)
    return actOnMany(database, actor, inputs, {
      apply(writer, input) {
        commands.insert(writer, input)
        return true
      },
      labelOf: ({ length }) => `Log ${length} ${length === 1 ? 'activity' : 'activities'}`,
    })
  }

  /** Only what a person logged may be changed; system and automated entries are a record. */
  function requireManual(actor: Actor, id: string): ActivityRow {
    const row = records.requireOwn(actor, id)
    if (row.category !== 'manual')
      throw conflict(
        `This entry was written by the ${row.category === 'system' ? 'system' : 'integration'} and is read-only.`,
      )
    return row
  }

  /** One action on one activity. */
  function act(
    actor: Actor,
    row: ActivityRow,
    verb: string,
    work: (writer: Writer) => unknown,
  ): Activity {
    database.act(actor, { label: `${verb} ${quoted(nameOf(row))}` }, (writer) => {
      work(writer)
      // Nothing comes back to Today whose record is in the trash.
      if (row.open_at === null && isOpen(row.id)) requireHolder(database, 'activity', row.id)
    })
    return records.written(row.id)
  }

  const isOpen = (id: string) =>
    database.get('select 1 from activity where id = ? and open_at is not null', id) !== undefined

  function update(
    actor: Actor,
    { id, ...patch }: ActivityPatch & { id: string; plan?: PlanChoice | undefined },
  ): Activity {
    const row = requireManual(actor, id)
    check.fields(actor, patch, row)
    if (patch.type && patch.type !== row.type) check.type('manual', patch.type)
    return act(actor, row, 'Change', (writer) => commands.update(writer, row, patch))
  }

  function remove(actor: Actor, id: string) {
    requireManual(actor, id)
    return records.remove(actor, id)
  }

  function complete(actor: Actor, { id, ...completion }: Completion & { id: string }): Activity {
    const row = requireManual(actor, id)
    if (row.completed_at !== null) throw conflict('This activity is completed already.')
    const { outcome } = completion
    if (outcome) words.require('outcome', outcome, 'outcome')
    return act(actor, row, 'Complete', (writer) => commands.complete(writer, row, completion))
  }

  function reopen(actor: Actor, id: string): Activity {
    const row = requireManual(actor, id)
    if (row.completed_at === null) throw conflict('This activity is not completed.')
    return act(actor, row, 'Reopen', (writer) => commands.reopen(writer, row))
  }

  return {
    ...records,
    ...createTimelines(kernel, records, needs.zoneOf),
    create,
    createMany,
    update,
    remove,
    complete,
    reopen,
    nameOf,
    insert: commands.insert,
    record: commands.record,
    revise: commands.revise,
    end: commands.complete,
    move: commands.move,
    stats: createStatistics(kernel, records.scoped),
  }
}
