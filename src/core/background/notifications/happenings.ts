/**
 * What others did that somebody should hear of: work given to them or taken from them, their leads
 * moved, deals won.
 * Read from the change log behind a cursor that moves in the transaction of the telling.
 */
import type { BatchKind, SqlValue } from '../../kernel/database/database'
import type { Ground } from '../../kernel/ground'
import type { createPosting, DigestItem, Post } from './post'

/** Tables whose rows are somebody's: SQL of what a row is called and of whose it is. */
const owned = {
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
type Table = keyof typeof owned
const tables = Object.keys(owned) as Table[]

type Topic = 'assignment' | 'taken' | 'deleted' | 'stage_move' | 'milestone'

interface ChangeRow {
  seq: number
  at: number
  batch_id: string
  user_id: string | null
  user_name: string | null
  table_name: Table
  row_id: string
  operation: 'insert' | 'update'
  before: string | null
  after: string
  kind: BatchKind | null
}

/** One thing that one person is to hear of. */
interface Happening {
  topic: Topic
  table: Table
  userId: string
  change: ChangeRow
  name: string
  /** The sentence where it is the only one of its action. */
  title: string
  /** Where the reader may not look, it leads nowhere. */
  hidden: boolean
}

const reader = 'notifications'
/** So many changes are read in one transaction. */
const portion = 20_000

export function createHappenings({ database }: Ground, { tell }: ReturnType<typeof createPosting>) {
  const lastSeq = () => Number(database.value('select coalesce(max(seq), 0) from change'))
  const cursor = () =>
    database.value<number>('select seq from change_cursor where reader = ?', reader)
  const moveCursor = (seq: number) =>
    database
      .prepare(
        `insert into change_cursor (reader, seq) values (?, ?)
         on conflict (reader) do update set seq = excluded.seq`,
      )
      .run(reader, seq)
  // What was done before there were notifications is no news.
  if (cursor() === undefined) moveCursor(lastSeq())

  /** @param mayWork asked within the transaction: whether this program is the one to do it */
  function read(mayWork: () => boolean): void {
    while ((cursor() ?? 0) < lastSeq()) {
      const goesOn = tell((post) => {
        if (!mayWork()) return false
        const from = cursor() ?? 0
        const to = Math.min(lastSeq(), from + portion)
        for (const group of groupsOf(happenings(from, to))) tellGroup(post, group)
        moveCursor(to)
        return true
      })
      if (!goesOn) return
    }
  }

  function happenings(from: number, to: number): Happening[] {
    const rows = database.all<ChangeRow>(
      `select change.seq, change.at, change.batch_id, change.user_id, user.name as user_name,
         change.table_name, change.row_id, change.operation, change.before, change.after, batch.kind
       from change left join batch on batch.id = change.batch_id left join user on user.id = change.user_id
       where change.seq > ? and change.seq <= ? and change.table_name in (${tables.map((name) => `'${name}'`).join(', ')})
         and change.operation in ('insert', 'update')
         and coalesce(batch.kind, 'edit') <> 'system'
       order by change.seq`,
      from,
      to,
    )
    return rows.flatMap((row) => {
      const lost = ofLoss(row)
      if (row.kind === 'undo' || row.kind === 'redo') return lost
      if (row.table_name === 'task') return [...lost, ...ofTask(row)]
      if (row.table_name === 'lead') return [...lost, ...ofLead(row)]
      return [...lost, ...ofGift(row)]
    })
  }

  interface OwnedRow {
    name: string
    owner: string | null
    deleted_at: number | null
  }
  const ownedRow = (table: Table, id: string) =>
    database.get<OwnedRow>(
      `select ${owned[table].name} as name, ${owned[table].owner} as owner, deleted_at from ${table} where id = ?`,
      id,
    )

  /** A record that somebody else gave away or deleted: its owner hears of it. */
  function ofLoss(change: ChangeRow): Happening[] {
    if (change.operation !== 'update') return []
    const { table_name: table } = change
    const before: Record<string, SqlValue> = JSON.parse(change.before ?? '{}')
    const after: Record<string, SqlValue> = JSON.parse(change.after)
    const previous = before[owned[table].owner]
    const isDeleted = typeof after.deleted_at === 'number'
    if (typeof previous !== 'string' && !isDeleted) return []
    const row = ownedRow(table, change.row_id)
    if (!row) return []
    // Only what is still so: it may have been given or taken back meanwhile.
    if (typeof previous === 'string' && previous !== row.owner && previous !== change.user_id) {
      const to = nameOfUser(row.owner)
      const gave = `${by(change)} ${to === undefined ? 'took' : 'gave'} your ${table}`
      const title = `${gave} ${to === undefined ? `from you: ${row.name}` : `to ${to}: ${row.name}`}`
      return [{ ...happening('taken', change, previous, row.name, title), hidden: true }]
    }
    if (isDeleted && row.deleted_at !== null && row.owner && row.owner !== change.user_id) {
      const title = `${by(change)} deleted your ${table}: ${row.name}`
      return [happening('deleted', change, row.owner, row.name, title)]
    }
    return []
  }

  const nameOfUser = (id: string | null) =>
    id === null ? undefined : database.value<string>('select name from user where id = ?', id)

  /** A company, contact or customer that somebody else gave to its owner. */
  function ofGift(change: ChangeRow): Happening[] {
    const after: Record<string, SqlValue> = JSON.parse(change.after)
    const { table_name: table } = change
    const userId = after[owned[table].owner]
    if (typeof userId !== 'string' || userId === change.user_id) return []
    const row = ownedRow(table, change.row_id)
    if (!row || row.deleted_at !== null || row.owner !== userId) return []
    return [
      happening(
        'assignment',
        change,
        userId,
        row.name,
        `${by(change)} gave you a ${table}: ${row.name}`,
      ),
    ]
  }

  function ofTask(change: ChangeRow): Happening[] {
    const after: Record<string, SqlValue> = JSON.parse(change.after)
    const task = database.get<{ title: string; assignee_id: string | null }>(
      `select title, assignee_id from task where id = ? and deleted_at is null and completed_at is null`,
      change.row_id,
    )
    const userId = after.assignee_id
    // Only what is still so: it may have been given on or taken back meanwhile.
    if (!task || typeof userId !== 'string' || task.assignee_id !== userId) return []
    if (userId === change.user_id) return []
    return [
      happening(
        'assignment',
        change,
        userId,
        task.title,
        `${by(change)} gave you a task: ${task.title}`,
      ),
    ]
  }

  function ofLead(change: ChangeRow): Happening[] {
    const after: Record<string, SqlValue> = JSON.parse(change.after)
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
      change.row_id,
    )
    if (!lead) return []
    const { owner_id: owner, title } = lead
    const found: Happening[] = []
    const isOthers = owner !== null && owner !== change.user_id
    const isGiven = isOthers && after.owner_id === owner
    if (isGiven)
      found.push(
        happening('assignment', change, owner, title, `${by(change)} gave you a lead: ${title}`),
      )
    if (change.operation === 'insert' || change.kind === 'import') return found
    if (isOthers && !isGiven && after.stage_id === lead.stage_id)
      found.push(
        happening(
          'stage_move',
          change,
          owner,
          title,
          `${by(change)} moved ${title} to ${lead.stage_name}`,
        ),
      )
    if (after.status === 'won' && lead.status === 'won')
      for (const person of teamOf(owner, change.user_id)) {
        const hidden = person.role === 'rep'
        const winner = lead.owner_name ?? by(change)
        found.push({
          ...happening('milestone', change, person.id, title, `${winner} won ${title}`),
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

  const happening = (
    topic: Happening['topic'],
    change: ChangeRow,
    userId: string,
    name: string,
    title: string,
  ): Happening => ({ topic, table: change.table_name, userId, change, name, title, hidden: false })

  /** One action tells a person one thing of a kind, however many rows it changed. */
  const groupsOf = (all: Happening[]): Happening[][] => [
    ...Map.groupBy(
      all,
      ({ topic, table, userId, change }) => `${topic}:${table}:${change.batch_id}:${userId}`,
    ).values(),
  ]

  function tellGroup(post: Post, group: Happening[]): void {
    const [first] = group as [Happening]
    const { topic, table, userId, change } = first
    const isOne = group.length === 1 && change.kind !== 'import'
    post({
      userId,
      kind: topic === 'taken' || topic === 'deleted' ? 'assignment' : topic,
      key: `${topic}:${table}:${change.batch_id}:${userId}`,
      title: isOne ? first.title : titleOfMany(first, group.length),
      record: isOne && !first.hidden ? { kind: table, id: change.row_id } : null,
      items: isOne ? [] : group.map(toItem),
    })
  }

  return { read }
}

const by = ({ user_name }: ChangeRow): string => user_name ?? 'Somebody'

const toItem = ({ name, table, change, hidden }: Happening): DigestItem => ({
  title: name,
  at: change.at,
  record: hidden ? null : { kind: table, id: change.row_id },
})

function titleOfMany({ topic, table, change }: Happening, count: number): string {
  const { many } = owned[table]
  // An import goes on after its first rows were read.
  if (change.kind === 'import')
    return topic === 'assignment' ? `An import gave you ${many}` : `An import changed your ${many}`
  if (topic === 'assignment') return `${by(change)} gave you ${count} ${many}`
  if (topic === 'taken') return `${by(change)} gave ${count} of your ${many} to others`
  if (topic === 'deleted') return `${by(change)} deleted ${count} of your ${many}`
  return topic === 'stage_move'
    ? `${by(change)} moved ${count} of your ${many}`
    : `${count} deals were won`
}
