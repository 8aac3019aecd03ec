/** Leads move along their pipeline: the commands that set stage, status and what follows from them. */
import type { LeadStatus } from '../../../contract/records/words'
import type { Database, Writer } from '../../kernel/database/database'
import type { Positions } from './positions'
import type { LeadRow } from './source'
import type { StageRow } from './stages'
import { lead } from './table'

type Closing = Pick<LeadRow, 'status' | 'closed_at' | 'lost_reason'>
export type Moving = ReturnType<typeof createMoving>

/** The columns that follow from the kind of the stage that a lead is in. */
export function statusColumns(
  row: Closing,
  kind: LeadStatus,
  now: number,
  lostReason?: string | null,
) {
  return {
    status: kind,
    closedAt: kind === 'open' ? null : row.status === kind ? row.closed_at : now,
    lostReason: kind === 'lost' ? (lostReason ?? row.lost_reason) : null,
  }
}

export function createMoving(database: Database, positions: Positions) {
  /** The columns of a lead that comes into another stage, on top unless said otherwise. */
  const columnsIn = (
    row: Closing,
    stage: Pick<StageRow, 'id' | 'kind'>,
    now: number,
    {
      position,
      lostReason,
    }: { position?: string | undefined; lostReason?: string | null | undefined } = {},
  ) => ({
    stageId: stage.id,
    stageEnteredAt: now,
    position: position ?? positions.onTop(stage.id),
    ...statusColumns(row, stage.kind, now, lostReason),
  })

  /** Moves a lead to a place in a stage. A lead that is lost keeps its reason unless a new one is given. */
  function moveLead(
    writer: Writer,
    row: LeadRow,
    stage: StageRow,
    { position, lostReason }: { position: string; lostReason?: string | undefined },
  ): void {
    writer.update(
      lead,
      row.id,
      row.stage_id === stage.id
        ? { position, ...statusColumns(row, stage.kind, writer.now, lostReason) }
        : columnsIn(row, stage, writer.now, { position, lostReason }),
    )
  }

  /** Moves every lead of a stage to the top of another, in order. Answers how many. */
  function moveAll(
    writer: Writer,
    fromStageId: string,
    to: { id: string; kind: LeadStatus },
  ): number {
    const rows = database.all<LeadRow>(
      'select * from lead where stage_id = ? order by position, seq',
      fromStageId,
    )
    const places = positions.manyOnTop(to.id, rows.length)
    for (const [index, row] of rows.entries())
      writer.update(lead, row.id, columnsIn(row, to, writer.now, { position: places[index] }))
    return rows.length
  }

  /** After a stage became open, won or lost, its leads follow. */
  function takeStatusOfStage(writer: Writer, stageId: string, kind: LeadStatus) {
    for (const row of database.all<LeadRow>('select * from lead where stage_id = ?', stageId))
      writer.update(lead, row.id, statusColumns(row, kind, writer.now))
  }

  return { columnsIn, moveLead, moveAll, takeStatusOfStage }
}
