/** What of the agenda goes along when records get another owner, for the question that is asked before. */
import type { SqlValue } from '../../kernel/database/database'
import type { Kernel } from '../../kernel/kernel'
import { hangingOf, heldBy } from '../../kernel/records/hangs-on'

/** Records that have owners. */
export type Owned = 'lead' | 'customer' | 'contact' | 'company'

export interface OpenWork {
  tasks: number
  reminders: number
  meetings: number
  activities: number
}

/** Of these records, what their owners are to do and a new owner would take over. */
export function countOpenWork(
  { database }: Kernel,
  kind: Owned,
  ids: string[],
  ownerId: string,
): OpenWork {
  const given = JSON.stringify(ids)
  const count = (sql: string, ...parameters: SqlValue[]) =>
    Number(database.value(sql, ...parameters))
  const ofOwner = (table: 'task' | 'activity' | 'reminder') => {
    const { work } = hangingOf(database.schema, table)
    return `select count(*) from json_each(?) picked join ${kind} holder on holder.id = picked.value
       join ${table} on ${table}.${kind}_id = holder.id
     where ${heldBy(database.schema, table)} = holder.id and ${table}.${work?.person} = holder.owner_id and holder.owner_id <> ?
       and ${table}.deleted_at is null and ${work?.open}`
  }
  return {
    tasks: count(ofOwner('task'), given, ownerId),
    reminders: count(`${ofOwner('reminder')} and reminder.plan_id is null`, given, ownerId),
    meetings: count(`${ofOwner('activity')} and activity.type = 'meeting'`, given, ownerId),
    activities: count(`${ofOwner('activity')} and activity.type <> 'meeting'`, given, ownerId),
  }
}
