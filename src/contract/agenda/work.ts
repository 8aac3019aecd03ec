/** What tasks and reminders have alike: parts of their lists, and what is done to them, one by one or many at once. */
import * as z from 'zod'
import { may, recordProcedures } from '../kernel/base'
import { BulkResult, ById, Id } from '../kernel/shapes'
import { EnteredWallTimeOrDay } from '../kernel/times'
import { Zone } from '../kernel/zones'

/** Which part of the queue: due before today, today, later, or done. */
export const dueSpans = ['overdue', 'today', 'upcoming', 'done'] as const

/** Lists may be narrowed to these. */
export const ofRecords = {
  companyId: Id.optional(),
  contactId: Id.optional(),
  leadId: Id.optional(),
  customerId: Id.optional(),
}

/** What both can do in bulk. */
export const bulkActions = {
  complete: z.object({ type: z.literal('complete') }),
  /** A day keeps the time of day; a local time sets both. */
  reschedule: z.object({
    type: z.literal('reschedule'),
    wallTime: EnteredWallTimeOrDay,
    zone: Zone.optional(),
  }),
  delete: z.object({ type: z.literal('delete') }),
}

/** A procedure on one of them, which answers what became of it. */
export const workStep = <Shape extends z.ZodType, Input extends z.ZodType>(
  method: 'POST' | 'PATCH',
  path: `/${string}/{id}/${string}`,
  tags: string[],
  input: Input,
  shape: Shape,
) => may('write').route({ method, path, tags }).input(input).output(shape)

/** @param method of the steps of one of them */
export function workProcedures<
  Shape extends z.ZodType,
  Create extends z.ZodType,
  Fields extends z.ZodRawShape,
  List extends z.ZodType,
  Action extends z.ZodType,
>(
  path: `/${string}`,
  tag: string,
  method: 'POST' | 'PATCH',
  shapes: {
    shape: Shape
    create: Create
    update: z.ZodObject<Fields>
    list: List
    bulkAction: Action
  },
) {
  const tags = [tag]
  return {
    ...recordProcedures(path, tag, shapes),
    /** Done. Of a recurring one the next occurrence is made. */
    complete: workStep(method, `${path}/{id}/complete`, tags, ById, shapes.shape),
    reopen: workStep(method, `${path}/{id}/reopen`, tags, ById, shapes.shape),
    bulk: may('write')
      .route({ method: 'POST', path: `${path}/bulk`, tags })
      .input(z.object({ ids: z.array(Id).min(1).max(10_000), action: shapes.bulkAction }))
      .output(BulkResult),
  }
}
