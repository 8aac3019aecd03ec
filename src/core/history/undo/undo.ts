/**
 * Takes a batch back through the change log, newest change first. Rows that were changed since, that
 * something else has come to depend on, or that the actor may not change now, stay as they are and are named.
 */
import { setImmediate as nextTurn } from 'node:timers/promises'
import { getTableName } from 'drizzle-orm'
import { getTableConfig } from 'drizzle-orm/sqlite-core'
import type { UndoResult } from '../../../contract/history/changes'
import type { Actor } from '../../kernel/actor'
import { seesAll } from '../../kernel/authorisation'
import { erasedText } from '../../kernel/change-log/erased'
import type { Action, BatchKind, SqlValue, Writer } from '../../kernel/database/database'
import type { Schema } from '../../kernel/database/schema'
import { conflict, forbidden, notFound } from '../../kernel/errors'
import type { Kernel } from '../../kernel/kernel'
import { leftOutSql, restSql } from '../../kernel/records/hanging-triggers'
import { isHanging } from '../../kernel/records/hangs-on'
import type { RightsJudge, RowChange } from '../../kernel/records/write-rights'

export type Undo = ReturnType<typeof createUndo>

export interface BatchRow {
  id: string
  at: number
  user_id: string | null
  kind: BatchKind
  label: string
  root: string | null
  undone_at: number | null
}

type ChangeRow = {
  seq: number
  table_name: string
  row_id: string
  operation: 'insert' | 'update' | 'delete'
  before: string | null
  after: string | null
}
type Values = Record<string, SqlValue>
type Refusal = UndoResult['refused'][number]

/** Which rows of a batch stay as they are. */
interface Judging {
  actor: Actor
  batchId: string
  refused: Map<string, Refusal>
  /** Those of them that the actor may not change now. */
  notAllowed: Set<string>
}

/** A batch on its way back; made by `plan`, worked off by `step`. */
export interface UndoPlan extends Judging {
  batch: BatchRow
  action: Action
  /** The last change still to take back. */
  nextSeq: number
  /** The last change of the log that was looked at for what must stay. */
  watchedSeq: number
  /** Goes on with an undo that was cut short. */
  goesOn: boolean
  undone: number
  /** Of each row taken back, when it was last changed as of the step it is at. */
  updatedAt: Map<string, SqlValue>
  /** Rows that are open again although what they hang on is in the trash, as far as the undo has come. */
  leftOut: Map<string, string>
}

const namingColumns = ['title', 'name', 'subject', 'label'] as const

/** Their rows go back as a whole only: what an e-mail says is what was approved, and sent. */
const wholeTables = new Set(['email_message'])

/** Who wrote a row is no reason to keep the writer from being undone. */
const authorColumns = new Set(['created_by', 'completed_by'])

interface Link {
  table: string
  column: string
}
/** Which tables refer to which. */
function referencesIn({ logged }: Schema) {
  /** Table → the columns of other tables that refer to it. */
  const to = new Map<string, Link[]>()
  /** Table → its own columns that refer to another logged table. */
  const from = new Map<string, Link[]>()
  for (const { name, table } of logged)
    for (const key of getTableConfig(table).foreignKeys) {
      const { columns, foreignTable } = key.reference()
      const column = columns[0]?.name
      if (!column || authorColumns.has(column)) continue
      const target = getTableName(foreignTable)
      to.set(target, [...(to.get(target) ?? []), { table: name, column }])
      from.set(name, [...(from.get(name) ?? []), { column, table: target }])
    }
  return { to, from }
}

/** Whether another row has what only one may have, such as being the default. */
const isTaken = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && error.code === 'SQLITE_CONSTRAINT_UNIQUE'

const erasedReason = 'its data were erased for good'

const changesPerStep = 2000
const changesPerSlice = 200
const wholeBatch = Number.MAX_SAFE_INTEGER

const unchanged = { columns: [] }
/** So many changes are looked at to tell whether undo is worth offering. */
const changesLookedAt = 5

export interface UndoOptions {
  /** Says why an actor may not make a change now. */
  rights: RightsJudge
  /** Called within the transaction, after rows of these tables were taken back. @throws conflict */
  checkTaken(tables: ReadonlySet<string>): void
}

export function createUndo({ database, clock }: Kernel, { rights, checkTaken }: UndoOptions) {
  const { schema } = database
  const references = referencesIn(schema)

  const { refusalOf, leadersOf } = rights
  function requireBatch(actor: Actor, id: string): BatchRow {
    const batch = database.get<BatchRow>('select * from batch where id = ?', id)
    if (!batch) throw notFound('action')
    if (!seesAll(actor) && batch.user_id !== actor.userId) throw notFound('action')
    return batch
  }

  /** The caller's latest action of these kinds that is not taken back yet: by the order of the log, as clocks may be set back. */
  const latest = (actor: Actor, kinds: readonly BatchKind[]) =>
    database.get<BatchRow>(
      `select * from batch where user_id = ? and undone_at is null and kind in (${kinds.map(() => '?').join(', ')})
       order by rowid desc limit 1`,
      actor.userId,
      ...kinds,
    )

  /** @throws conflict where the batch is taken back already or is none that can be */
  function plan(actor: Actor, batchId: string): UndoPlan {
    const planning = planInSlices(actor, batchId)
    for (;;) {
      const slice = planning.next()
      if (slice.done) return slice.value
    }
  }

  /** The same for batches so large that others should get their turn in between. */
  function* planInSlices(actor: Actor, batchId: string): Generator<void, UndoPlan> {
    const batch = requireBatch(actor, batchId)
    if (batch.kind === 'system') throw conflict(`“${batch.label}” cannot be undone.`)
    if (batch.undone_at !== null) throw conflict(`“${batch.label}” was undone already.`)
    const last = Number(
      database.value('select coalesce(max(seq), 0) from change where batch_id = ?', batchId),
    )
    const begun = database.value<string>(
      'select id from batch where undoes = ? and undone_at is null limit 1',
      batchId,
    )
    const watchedSeq = latestSeq()
    const judging: Judging = { actor, batchId, refused: new Map(), notAllowed: new Set() }
    for (let seq = 0; seq < last; yield) {
      const rows = database.all<JudgedChange>(
        'select seq, table_name, row_id, operation from change where batch_id = ? and seq > ? order by seq limit ?',
        batchId,
        seq,
        changesPerSlice,
      )
      for (const row of rows) judge(judging, row)
      seq = rows.at(-1)?.seq ?? last
    }
    return {
      ...judging,
      batch,
      action: {
        label:
          batch.kind === 'undo'
            ? `Redo: ${batch.label.replace(/^Undo: /, '')}`
            : `Undo: ${batch.label.replace(/^Redo: /, '')}`,
        kind: batch.kind === 'undo' ? 'redo' : 'undo',
        quiet: true,
        undoes: batchId,
        root: batch.root ?? batchId,
        // An undo that was cut short goes on in the batch it began.
        ...(begun ? { batchId: begun } : {}),
      },
      nextSeq: last,
      watchedSeq,
      goesOn: begun !== undefined,
      undone: 0,
      updatedAt: new Map(),
      leftOut: new Map(),
    }
  }

  const latestSeq = () => Number(database.value('select coalesce(max(seq), 0) from change'))

  // What must stay ------------------------------------------------------------------------------

  type JudgedChange = Pick<ChangeRow, 'seq' | 'table_name' | 'row_id' | 'operation'>

  /** Refuses a row that was changed after the batch did, or that others have come to refer to. */
  function judge(judging: Judging, change: JudgedChange) {
    const { batchId, refused } = judging
    const { seq, table_name: table, row_id: id } = change
    if (refused.has(id)) return
    if (isErased(seq)) return refuse(judging, table, id, erasedReason)
    // The batch may have gone on for long: what counts is what came after this very change.
    const touched = database.get(
      `select 1 from change later left join batch on batch.id = later.batch_id
       where later.row_id = ? and later.seq > ? and +later.batch_id <> ? and later.table_name = ?
         and batch.undoes is not ? limit 1`,
      id,
      seq,
      batchId,
      table,
      batchId,
    )
    if (
      touched &&
      (differsNow(batchId, table, id) ||
        (wholeTables.has(table) && differsSince(batchId, table, id)))
    )
      return refuse(judging, table, id, `changed since${byWhom(batchId, id, seq)}`)
    if (change.operation !== 'insert' || !references.to.has(table)) return
    const dependant = dependantOutside(batchId, table, id)
    if (dependant) refuse(judging, table, id, `in use since (${nameOfTable(dependant)})`)
  }

  /** Whether the log does not know any more what was there. */
  const isErased = (seq: number): boolean =>
    database.get(
      `select 1 from change where seq = ? and (instr(before, ?) > 0 or instr(after, ?) > 0)`,
      seq,
      erasedText,
      erasedText,
    ) !== undefined

  /** What others wrote while the batch is on its way back. */
  function judgeNews(plan: UndoPlan) {
    const batchId = plan.batch.id
    const news = database.all<ChangeRow>(
      'select * from change where seq > ? and +batch_id <> ? order by seq',
      plan.watchedSeq,
      plan.action.batchId ?? '',
    )
    for (const { seq, table_name: table, row_id: id, after } of news) {
      plan.watchedSeq = Math.max(plan.watchedSeq, seq)
      const mine = database.get<JudgedChange>(
        'select seq, table_name, row_id, operation from change where row_id = ? and +batch_id = ? and table_name = ? order by seq desc limit 1',
        id,
        batchId,
        table,
      )
      if (mine) judge(plan, mine)
      const row: Values = JSON.parse(after ?? '{}')
      for (const { column, table: parent } of references.from.get(table) ?? []) {
        const parentId = row[column]
        if (typeof parentId === 'string' && isInsertedBy(batchId, parentId))
          refuse(plan, parent, parentId, `in use since (${nameOfTable(table)})`)
      }
    }
  }

  const isInsertedBy = (batchId: string, rowId: string) =>
    database.get(
      `select 1 from change where row_id = ? and +batch_id = ? and operation = 'insert'`,
      rowId,
      batchId,
    ) !== undefined

  /** Refuses a row, and with it every row of the batch that it needs to stand. */
  function refuse(judging: Judging, table: string, rowId: string, reason: string) {
    const { actor, refused } = judging
    if (refused.has(rowId)) return
    const row = current(table, rowId)
    const notAllowed =
      row && refusalOf(actor, { ...unchanged, table, id: rowId, now: row, after: row })
    if (notAllowed) return refuseByRights(judging, table, rowId, notAllowed)
    refused.set(rowId, { table, rowId, name: nameOf(row) ?? nameOfTable(table), reason })
    refuseParents(judging, table, row)
  }

  /**
   * Refuses a row that is not the actor's to change. A rep is told the name that it gave the row itself:
   * what it is called now may be none of its business.
   */
  function refuseByRights(judging: Judging, table: string, rowId: string, reason: string) {
    const name = nameInLog(judging, table, rowId) ?? nameOfTable(table)
    judging.refused.set(rowId, { table, rowId, name, reason })
    judging.notAllowed.add(rowId)
    refuseParents(judging, table, current(table, rowId))
  }

  function refuseParents(judging: Judging, table: string, row: Values | undefined) {
    if (!row) return
    for (const { column, table: parent } of references.from.get(table) ?? []) {
      const parentId = row[column]
      if (typeof parentId === 'string' && isInsertedBy(judging.batchId, parentId))
        refuse(
          judging,
          parent,
          parentId,
          `still needed by ${nameOf(row) ?? `a ${nameOfTable(table)}`}`,
        )
    }
  }

  function nameInLog({ actor, batchId }: Judging, table: string, rowId: string) {
    const naming = namingColumns.map((column) => `coalesce(after, before) ->> '$.${column}'`)
    return database.value<string>(
      `select coalesce(${naming.join(', ')}) as name from change
       where row_id = ? and table_name = ? and name is not null and (user_id = ? or ?)
         and seq <= (select max(seq) from change where row_id = ? and +batch_id = ?)
       order by seq desc limit 1`,
      rowId,
      table,
      actor.userId,
      seesAll(actor) ? 1 : 0,
      rowId,
      batchId,
    )
  }

  /** Whether the row is no longer as the batch left it. */
  function differsNow(batchId: string, table: string, rowId: string): boolean {
    const rows = database.all<ChangeRow>(
      'select * from change where row_id = ? and +batch_id = ? and table_name = ? order by seq',
      rowId,
      batchId,
      table,
    )
    const left: Values = {}
    let whole = false
    let gone = false
    for (const { operation, after } of rows) {
      if (operation === 'delete') gone = true
      else {
        gone = false
        whole ||= operation === 'insert'
        Object.assign(left, JSON.parse(after ?? '{}'))
      }
    }
    const row = current(table, rowId)
    if (gone || !row) return gone ? row !== undefined : !whole
    const columns = whole ? (schema.byName.get(table)?.columns ?? []) : Object.keys(left)
    return columns.some(
      (column) =>
        column !== 'updated_at' &&
        !schema.byName.get(table)?.derived.includes(column) &&
        (row[column] ?? null) !== (left[column] ?? null),
    )
  }

  /** Whether anything of the row was changed after the batch, and is not back as it was. */
  function differsSince(batchId: string, table: string, rowId: string): boolean {
    const row = current(table, rowId)
    const left: Values = {}
    for (const { before } of database.all<ChangeRow>(
      `select * from change where row_id = ? and table_name = ? and seq > (
         select max(seq) from change where row_id = ? and +batch_id = ? and table_name = ?) order by seq desc`,
      ...[rowId, table, rowId, batchId, table],
    ))
      Object.assign(left, JSON.parse(before ?? '{}'))
    return Object.entries(left).some(
      ([column, value]) => column !== 'updated_at' && (row?.[column] ?? null) !== value,
    )
  }

  /** A table whose row came to refer to this one by another action than the batch. */
  function dependantOutside(batchId: string, table: string, rowId: string): string | undefined {
    for (const { table: from, column } of references.to.get(table) ?? []) {
      const found = database.get(
        `select 1 from ${from} child where child.${column} = ? and not exists (
           select 1 from change where change.row_id = child.id and +change.batch_id = ?
             and (change.operation = 'insert' or change.after ->> '$.${column}' = child.${column})) limit 1`,
        rowId,
        batchId,
      )
      if (found) return from
    }
    return undefined
  }

  const current = (table: string, rowId: string) =>
    database.get<Values>(`select * from ${table} where id = ?`, rowId)

  const nameOfTable = (table: string) => table.replaceAll('_', ' ')

  function nameOf(row: Values | undefined): string | undefined {
    const name = namingColumns.map((column) => row?.[column]).find((value) => value != null)
    return typeof name === 'string' ? name : undefined
  }

  function byWhom(batchId: string, rowId: string, afterSeq: number): string {
    const name = database.value<string>(
      `select user.name from change join user on user.id = change.user_id
       where change.row_id = ? and change.seq > ? and +change.batch_id <> ? order by change.seq desc limit 1`,
      rowId,
      afterSeq,
      batchId,
    )
    return name ? ` by ${name}` : ''
  }

  // What the actor may not change now --------------------------------------------------------------

  /** What taking a change back does to its row. */
  function changeBack({ table_name: table, row_id: id, operation, before }: ChangeRow): RowChange {
    const now = current(table, id)
    if (operation === 'insert')
      return { table, id, columns: Object.keys(now ?? {}), now, after: undefined }
    const values: Values = JSON.parse(before ?? '{}')
    return {
      table,
      id,
      columns: Object.keys(values),
      now,
      after: operation === 'update' ? { ...now, ...values } : values,
    }
  }

  const changeOf = (batchId: string, table: string, id: string) =>
    database.get<ChangeRow>(
      'select * from change where row_id = ? and +batch_id = ? and table_name = ? order by seq desc limit 1',
      id,
      batchId,
      table,
    )

  const refusalNow = (actor: Actor, batchId: string, change: ChangeRow): string | undefined =>
    refusalOf(actor, changeBack(change), (table, id) => changeOf(batchId, table, id) !== undefined)

  /**
   * Refuses a change that the actor may not make now, and lets what followed from a refused one stay
   * with it: the timeline entry of a lead that is somebody else's now. Answers whether it may be made.
   */
  function mayTakeBack(actor: Actor, plan: UndoPlan, change: ChangeRow): boolean {
    const batchId = plan.batch.id
    if (!seesAll(actor))
      for (const leader of leadersOf(changeBack(change))) {
        const along = plan.notAllowed.has(leader.id)
          ? undefined
          : changeOf(batchId, leader.table, leader.id)
        const reason = along && refusalNow(actor, batchId, along)
        if (reason) refuseByRights(plan, leader.table, leader.id, reason)
        if (plan.notAllowed.has(leader.id)) return false
      }
    const reason = refusalNow(actor, batchId, change)
    if (reason) refuseByRights(plan, change.table_name, change.row_id, reason)
    return !reason
  }

  /** Roles change while a large batch is on its way back. */
  function asOfNow(actor: Actor): Actor {
    const user = database.get<{ role: Actor['role']; active: number; deleted_at: number | null }>(
      'select role, active, deleted_at from user where id = ?',
      actor.userId,
    )
    if (!user) return actor
    if (user.active === 0 || user.deleted_at !== null)
      throw forbidden('Your account is not active any more.')
    return { ...actor, role: user.role }
  }

  /** Whether taking it back would be allowed at all, as far as its latest changes tell. */
  function isAllowed(actor: Actor, batchId: string): boolean {
    return database
      .all<ChangeRow>(
        'select * from change where batch_id = ? order by seq desc limit ?',
        batchId,
        changesLookedAt,
      )
      .some(
        (change) =>
          refusalNow(actor, batchId, change) === undefined &&
          leadersOf(changeBack(change)).every(({ table, id }) => {
            const along = changeOf(batchId, table, id)
            return !along || refusalNow(actor, batchId, along) === undefined
          }),
      )
  }

  // Taking back ---------------------------------------------------------------------------------

  /** Takes back some thousands of changes in one transaction. Answers whether more are left. */
  function step(actor: Actor, plan: UndoPlan, size = changesPerStep): boolean {
    const rows = database.all<ChangeRow>(
      'select * from change where batch_id = ? and seq <= ? order by seq desc limit ?',
      plan.batch.id,
      plan.nextSeq,
      size,
    )
    const first = rows.at(-1)
    const done = rows.length < size
    judgeNews(plan)
    database.act(asOfNow(actor), plan.action, (writer) => {
      plan.action = { ...plan.action, batchId: writer.batchId }
      database.connection.pragma('defer_foreign_keys = on')
      const taken = new Set<string>()
      for (const row of rows)
        if (takeBack(writer, row, plan)) {
          plan.undone++
          taken.add(row.table_name)
          noteLeftOut(plan, row)
        }
      if (done) for (const [id, table] of plan.leftOut) writer.run(restSql(schema, table), id)
      checkTaken(taken)
      if (done && (plan.undone > 0 || plan.goesOn)) markUndone(plan, writer)
    })
    if (first) plan.nextSeq = first.seq - 1
    plan.watchedSeq = latestSeq()
    return !done
  }

  function takeBack(writer: Writer, change: ChangeRow, plan: UndoPlan): boolean {
    const { table_name: table, row_id: id, operation } = change
    if (plan.refused.has(id)) return false
    if (!mayTakeBack(writer.actor, plan, change)) return false
    if (operation === 'insert') {
      if (table === 'activity' && belongsToRefused(change, plan.refused)) return false
      return writer.run(`delete from ${table} where id = ?`, id) > 0
    }
    const before: Values = JSON.parse(change.before ?? '{}')
    // Triggers set the hour of a row that follows another: it gets its own back.
    const updatedAt = before.updated_at ?? plan.updatedAt.get(id)
    if (updatedAt !== undefined) {
      before.updated_at = updatedAt
      plan.updatedAt.set(id, updatedAt)
    }
    if (operation === 'delete' && isNumberTaken(table, before)) delete before.seq
    const columns = Object.keys(before)
    const values = Object.values(before)
    if (operation === 'update')
      try {
        return (
          writer.run(
            `update ${table} set ${columns.map((column) => `${column} = ?`).join(', ')} where id = ?`,
            ...values,
            id,
          ) > 0
        )
      } catch (error) {
        if (!isTaken(error)) throw error
        refuse(plan, table, id, 'another has its place now')
        return false
      }
    return (
      writer.run(
        `insert or ignore into ${table} (${columns.join(', ')}) values (${columns.map(() => '?').join(', ')})`,
        ...values,
      ) > 0
    )
  }

  /** What it hangs on may have gone to the trash since: then it comes back with that. */
  function noteLeftOut(plan: UndoPlan, { table_name: table, row_id: id, operation }: ChangeRow) {
    if (operation === 'insert' || !isHanging(schema, table)) return
    if (database.get(leftOutSql(schema, table), id)) plan.leftOut.set(id, table)
  }

  /** A row made since may have got the number of one that was taken away: then that one gets a new number. */
  const isNumberTaken = (table: string, { id, seq }: Values): boolean =>
    seq !== undefined &&
    database.value(`select 1 from ${table} where seq = ? and id <> ?`, seq, id ?? null) !==
      undefined

  /** The timeline entry of a lead or customer that stays, stays with it. */
  function belongsToRefused(change: ChangeRow, refused: Map<string, Refusal>): boolean {
    const row: Values = JSON.parse(change.after ?? '{}')
    return (
      row.category === 'system' &&
      [row.lead_id, row.customer_id].some((id) => typeof id === 'string' && refused.has(id))
    )
  }

  function markUndone(plan: UndoPlan, writer: Writer) {
    const now = clock.now()
    const mark = 'update batch set undone_by = ?, undone_at = ? where id = ?'
    writer.run(mark, writer.batchId, now, plan.batch.id)
    const root = plan.action.root
    if (!root) return
    if (plan.action.kind === 'redo')
      writer.run('update batch set undone_by = null, undone_at = null where id = ?', root)
    else {
      writer.run(mark, writer.batchId, now, root)
      writer.run(
        `update batch set undone_by = ?, undone_at = ? where root = ? and kind = 'redo' and undone_at is null`,
        writer.batchId,
        now,
        root,
      )
    }
  }

  const resultOf = (plan: UndoPlan): UndoResult => ({
    batchId: plan.batch.id,
    undoBatchId: plan.undone > 0 ? (plan.action.batchId ?? null) : null,
    label: plan.batch.label,
    undone: plan.undone,
    refused: [...plan.refused.values()],
  })

  /** @throws conflict or forbidden, naming the rows, when nothing of the action can be taken back */
  function conclude(plan: UndoPlan): UndoResult {
    if (plan.undone === 0 && plan.refused.size > 0) {
      const names = [...plan.refused.values()]
        .slice(0, 3)
        .map((row) => `${row.name} (${row.reason})`)
      const failure = plan.notAllowed.size === plan.refused.size ? forbidden : conflict
      throw failure(`“${plan.batch.label}” cannot be undone: ${names.join(', ')}.`, {
        refused: [...plan.refused.values()],
      })
    }
    return resultOf(plan)
  }

  const turning = new Set<string>()

  /**
   * Takes a batch back: a small one in one transaction, a large one some hundred changes at a time, so
   * that others get their turn in between.
   */
  async function takeBackInTurns(actor: Actor, batchId: string): Promise<UndoResult> {
    const few = database.all(
      'select 1 from change where batch_id = ? limit ?',
      batchId,
      changesPerStep + 1,
    )
    if (few.length <= changesPerStep) {
      const whole = plan(actor, batchId)
      step(actor, whole, wholeBatch)
      return conclude(whole)
    }
    if (turning.has(batchId)) throw conflict('This is being undone already.')
    turning.add(batchId)
    try {
      const planning = planInSlices(actor, batchId)
      let slice = planning.next()
      for (; !slice.done; slice = planning.next()) await nextTurn()
      const whole = slice.value
      while (step(actor, whole, changesPerSlice)) await nextTurn()
      return conclude(whole)
    } finally {
      turning.delete(batchId)
    }
  }

  return {
    requireBatch,
    plan,
    planInSlices,
    isAllowed,
    step,
    resultOf,
    /** The batch that undo without one takes back. @throws conflict where there is none */
    latestDone(actor: Actor): string {
      const id = latest(actor, ['edit', 'bulk', 'import', 'redo'])?.id
      if (!id) throw conflict('There is nothing to undo.')
      return id
    },
    undo: takeBackInTurns,
    async redo(actor: Actor): Promise<UndoResult> {
      const id = latest(actor, ['undo'])?.id
      if (!id) throw conflict('There is nothing to redo.')
      return takeBackInTurns(actor, id)
    },
  }
}
