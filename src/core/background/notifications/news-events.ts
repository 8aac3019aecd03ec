/** What one change of a record means to somebody: work given to them or taken from them, a lead moved, a deal won. */
import type { Database } from '../../kernel/database/database'
import type { LoggedChange } from '../../kernel/reactions/after'

/** Tables whose rows are somebody's: SQL of what a row is called and of whose it is. */
export const owned = {
  company: { name: 'name', owner: 'owner_id', many: 'companies' },
  contact: { name: 'name', owner: 'owner_id', many: 'contacts' },
  customer: { name: 'name', owner: 'owner_id', many: 'customers' },
  lead: { name: 'title', owner: 'owner_id', many: 'leads' },
  quote: {
    name: `number || ' ' || title`,
    owner: '(select owner_id from lead where lead.id = quote.lead_id)',
    many: 'quotes',
  },
  task: { name: 'title', owner: 'assignee_id', many: 'tasks' },
} as const
export type OwnedTable = keyof typeof owned
export const ownedTables = Object.keys(owned) as OwnedTable[]

type Topic = 'assignment' | 'taken' | 'deleted' | 'stage_move' | 'milestone'

export type OwnedChange = LoggedChange & { table: OwnedTable }

/** One thing that one person is to hear of. */
export interface NewsEvent {
  topic: Topic
  table: OwnedTable
  userId: string
  change: OwnedChange
  name: string
  /** The sentence where it is the only one of its action. */
  title: string
  /** Where the reader may not look, it leads nowhere. */
  hidden: boolean
}

interface OwnedRow {
  name: string
  owner: string | null
  deleted_at: number | null
}

export function createNewsEvents(database: Database) {
  function eventsOf(change: OwnedChange): NewsEvent[] {
    if (change.operation === 'delete' || change.kind === 'system') return []
    const lost = ofLoss(change)
    if (change.kind === 'undo' || change.kind === 'redo') return lost
    if (change.table === 'task') return [...lost, ...ofTask(change)]
    if (change.table === 'lead') return [...lost, ...ofLead(change)]
    return [...lost, ...ofGift(change)]
  }

  const ownedRow = (table: OwnedTable, id: string) =>
    database.get<OwnedRow>(
      `select ${owned[table].name} as name, ${owned[table].owner} as owner, deleted_at from ${table} where id = ?`,
      id,
    )

  /** A record that somebody else gave away or deleted: its owner hears of it. */
  function ofLoss(change: OwnedChange): NewsEvent[] {
    if (change.operation !== 'update') return []
    const { table, before, after } = change
    const previous = before[owned[table].owner]
    const isDeleted = typeof after.deleted_at === 'number'
    if (typeof previous !== 'string' && !isDeleted) return []
    const row = ownedRow(table, change.rowId)
    if (!row) return []
    // Only what is still so: it may have been given or taken back meanwhile.
    if (typeof previous === 'string' && previous !== row.owner && previous !== change.userId) {
      const to = nameOfUser(row.owner)
      const gave = `${by(change)} ${to === undefined ? 'took' : 'gave'} your ${table}`
      const title = `${gave} ${to === undefined ? `from you: ${row.name}` : `to ${to}: ${row.name}`}`
      return [{ ...eventOf('taken', change, previous, row.name, title), hidden: true }]
    }
    if (isDeleted && row.deleted_at !== null && row.owner && row.owner !== change.userId) {
      const title = `${by(change)} deleted your ${table}: ${row.name}`
      return [eventOf('deleted', change, row.owner, row.name, title)]
    }
    return []
  }

  const nameOfUser = (id: string | null) =>
    id === null ? undefined : database.value<string>('select name from user where id = ?', id)

  const by = ({ userId }: OwnedChange): string => nameOfUser(userId) ?? 'Somebody'

  /** A company, contact or customer that somebody else gave to its owner. */
  function ofGift(change: OwnedChange): NewsEvent[] {
    const { table, after } = change
    const userId = after[owned[table].owner]
    if (typeof userId !== 'string' || userId === change.userId) return []
    const row = ownedRow(table, change.rowId)
    if (!row || row.deleted_at !== null || row.owner !== userId) return []
    return [
      eventOf(
        'assignment',
        change,
        userId,
        row.name,
        `${by(change)} gave you a ${table}: ${row.name}`,
      ),
    ]
  }

  function ofTask(change: OwnedChange): NewsEvent[] {
    const { after } = change
    const task = database.get<{ title: string; assignee_id: string | null }>(
      `select title, assignee_id from task where id = ? and deleted_at is null and completed_at is null`,
      change.rowId,
    )
    const userId = after.assignee_id
    // Only what is still so: it may have been given on or taken back meanwhile.
    if (!task || typeof userId !== 'string' || task.assignee_id !== userId) return []
    if (userId === change.userId) return []
    return [
      eventOf(
        'assignment',
        change,
        userId,
        task.title,
        `${by(change)} gave you a task: ${task.title}`,
      ),
    ]
  }

  function ofLead(change: OwnedChange): NewsEvent[] {
    const { after } = change
    const lead = database.get<{
      title: string
      owner_id: string | null
      owner_name: string | null
      stage_id: string
      stage_name: string
      status: string
    }>(
      `select lead.title, lead.owner_id, owner.name as owner_name, lead.stage_id, stage.name as stage_name,
         lead.status
       from lead join stage on stage.id = lead.stage_id left join user owner on owner.id = lead.owner_id
       where lead.id = ? and lead.deleted_at is null`,
      change.rowId,
    )
    if (!lead) return []
    const { owner_id: owner, title } = lead
    const found: NewsEvent[] = []
    const isOthers = owner !== null && owner !== change.userId
    const isGiven = isOthers && after.owner_id === owner
    if (isGiven)
      found.push(
        eventOf('assignment', change, owner, title, `${by(change)} gave you a lead: ${title}`),
      )
    if (change.operation === 'insert' || change.kind === 'import') return found
    if (isOthers && !isGiven && after.stage_id === lead.stage_id)
      found.push(
        eventOf(
          'stage_move',
          change,
          owner,
          title,
          `${by(change)} moved ${title} to ${lead.stage_name}`,
        ),
      )
    if (after.status === 'won' && lead.status === 'won')
      for (const person of teamOf(owner, change.userId)) {
        const hidden = person.role === 'rep'
        const winner = lead.owner_name ?? by(change)
        found.push({
          ...eventOf('milestone', change, person.id, title, `${winner} won ${title}`),
          ...(hidden ? { name: 'A deal', title: `${winner} won a deal`, hidden } : {}),
        })
      }
    return found
  }

  /** Who celebrates with an owner: the team, its manager and the owner's, without the owner and whoever did it. */
  const teamOf = (owner: string | null, doer: string | null) =>
    owner === null
      ? []
      : database.all<{ id: string; role: string }>(
          `select person.id, person.role from user person, user owner
             left join team on team.id = owner.team_id and team.deleted_at is null
           where owner.id = ? and person.active = 1 and person.deleted_at is null
             and person.id <> owner.id and person.id is not ?
             and (person.team_id = team.id or person.id = team.manager_id or person.id = owner.manager_id)`,
          owner,
          doer,
        )

  return { eventsOf, by }
}

const eventOf = (
  topic: NewsEvent['topic'],
  change: OwnedChange,
  userId: string,
  name: string,
  title: string,
): NewsEvent => ({ topic, table: change.table, userId, change, name, title, hidden: false })
