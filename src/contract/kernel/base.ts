/** What every part of the contract is made with: who may call a procedure, and the set of procedures every kind of record has. */
import { oc } from '@orpc/contract'
import type * as z from 'zod'
import { editOf } from './based-on'
import { BulkResult, ById, bulkOf, pageOf } from './shapes'

/**
 * What a caller must be allowed to do. Roles are matched to permissions in one place,
 * `core/kernel/authorisation.ts`; which rows a rep sees is decided by the area's scope.
 */
export type Permission =
  | 'open' // anybody, even while the database is being repaired
  | 'read'
  | 'write'
  | 'configure' // pipelines, activity types, fields: managers and admins
  | 'import'
  | 'export'
  | 'administer' // users, backups, restore: admins

export interface ProcedureMeta {
  permission: Permission
  /** Reads so much that everybody else would wait for it: it has a thread of its own. */
  isLongRead?: boolean
}

export const procedure = oc.$meta<ProcedureMeta>({ permission: 'read' })
export const may = (permission: Permission) => procedure.meta({ permission })
export const longRead = procedure.meta({ permission: 'read', isLongRead: true })

/** List, create, read, change, delete, restore and bulk, under `/path`. */
export function recordProcedures<
  Shape extends z.ZodType,
  Create extends z.ZodType,
  Fields extends z.ZodRawShape,
  List extends z.ZodType,
>(
  path: `/${string}`,
  tag: string,
  shapes: { shape: Shape; create: Create; update: z.ZodObject<Fields>; list: List },
  write: Permission = 'write',
) {
  const tags = [tag]
  return {
    list: may('read')
      .route({ method: 'GET', path, tags })
      .input(shapes.list)
      .output(pageOf(shapes.shape)),
    create: may(write)
      .route({ method: 'POST', path, tags, successStatus: 201 })
      .input(shapes.create)
      .output(shapes.shape),
    get: may('read')
      .route({ method: 'GET', path: `${path}/{id}`, tags })
      .input(ById)
      .output(shapes.shape),
    update: may(write)
      .route({ method: 'PATCH', path: `${path}/{id}`, tags })
      .input(editOf(shapes.update.extend(ById.shape) as z.ZodObject<Fields & typeof ById.shape>))
      .output(shapes.shape),
    remove: may(write)
      .route({ method: 'DELETE', path: `${path}/{id}`, tags })
      .input(ById)
      .output(ById),
    restore: may(write)
      .route({ method: 'POST', path: `${path}/{id}/restore`, tags })
      .input(ById)
      .output(shapes.shape),
    bulk: may(write)
      .route({ method: 'POST', path: `${path}/bulk`, tags })
      .input(bulkOf(shapes.update))
      .output(BulkResult),
  }
}

/** What a handler is given: the input after the contract has parsed it. */
export type InputOf<P> = P extends { '~orpc': { inputSchema?: infer Schema } }
  ? z.output<Extract<Schema, z.ZodType>>
  : never
