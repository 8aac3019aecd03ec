/** The order of leads within a stage: fractional indexes, the smallest on top. */
import { generateKeyBetween, generateNKeysBetween } from 'fractional-indexing'
import type * as z from 'zod'
import type { MoveStage } from '../../../contract/records/leads'
import type { Database } from '../../kernel/database/database'
import { invalid } from '../../kernel/errors'
import type { LeadRow } from './source'

export type Positions = ReturnType<typeof createPositions>

export function createPositions(database: Database) {
  // The plus has it compiled once, instead of for each stage.
  const topOf = (stageId: string): string | null =>
    database.value<string>(
      'select position from lead where stage_id = +? and deleted_at is null order by position, seq limit 1',
      stageId,
    ) ?? null

  const onTop = (stageId: string): string => generateKeyBetween(null, topOf(stageId))
  /** Keys for `count` leads above everything in the stage, in order. */
  const manyOnTop = (stageId: string, count: number): string[] =>
    generateNKeysBetween(null, topOf(stageId), count)

  /** Where a lead goes in a stage: beside the lead that is named, at an index, else where it is or on top. */
  function placeFor(row: LeadRow, stageId: string, input: z.output<typeof MoveStage>): string {
    const neighbour = (id: string, field: string): string => {
      const found = database.get<{ position: string; stage_id: string }>(
        'select position, stage_id from lead where id = ? and deleted_at is null',
        id,
      )
      if (!found || found.stage_id !== stageId)
        throw invalid(field, 'must be a lead of the target stage')
      return found.position
    }
    const beside = (position: string, side: 'above' | 'below'): string | null =>
      database.value<string>(
        side === 'above'
          ? `select position from lead where stage_id = ? and deleted_at is null and position < ? and id <> ? order by position desc limit 1`
          : `select position from lead where stage_id = ? and deleted_at is null and position > ? and id <> ? order by position limit 1`,
        stageId,
        position,
        row.id,
      ) ?? null
    if (input.beforeId && input.beforeId !== row.id) {
      const below = neighbour(input.beforeId, 'beforeId')
      return generateKeyBetween(beside(below, 'above'), below)
    }
    if (input.afterId && input.afterId !== row.id) {
      const above = neighbour(input.afterId, 'afterId')
      return generateKeyBetween(above, beside(above, 'below'))
    }
    if (input.position !== undefined) {
      const around = database.all<{ position: string }>(
        `select position from lead where stage_id = ? and deleted_at is null and id <> ?
         order by position, seq limit 2 offset ?`,
        stageId,
        row.id,
        Math.max(0, input.position - 1),
      )
      if (input.position === 0) return generateKeyBetween(null, around[0]?.position ?? null)
      if (around.length === 0) {
        const last = database.value<string>(
          'select position from lead where stage_id = ? and deleted_at is null and id <> ? order by position desc limit 1',
          stageId,
          row.id,
        )
        return generateKeyBetween(last ?? null, null)
      }
      return generateKeyBetween(around[0]?.position ?? null, around[1]?.position ?? null)
    }
    if (row.stage_id === stageId) return row.position
    return onTop(stageId)
  }

  return { onTop, manyOnTop, placeFor }
}
