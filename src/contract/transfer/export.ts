/** Export of files. */
import * as z from 'zod'
import { taskStatuses } from '../agenda/words'
import { dueSpans } from '../agenda/work'
import { may } from '../kernel/base'
import { Condition } from '../kernel/conditions'
import { Id } from '../kernel/shapes'

const tags = ['Transfer']

export const exportStates = ['running', 'done', 'failed', 'cancelled'] as const
export const Export = z.object({
  exportId: Id,
  kind: z.string(),
  state: z.enum(exportStates),
  rows: z.number().int(),
  total: z.number().int(),
  bytes: z.number().int(),
  message: z.string().nullable(),
})
export type Export = z.infer<typeof Export>
const exportKinds = [
  'companies',
  'contacts',
  'leads',
  'customers',
  'quotes',
  'activities',
  'tasks',
  'users',
] as const

/** What the tabs of a list ask for besides its search and filter. */
export const ExportNarrowing = z.object({
  status: z.array(z.enum(taskStatuses)).min(1).optional(),
  due: z.enum(dueSpans).optional(),
})
export type ExportNarrowing = z.infer<typeof ExportNarrowing>

export const exports = {
  export: may('export')
    .route({ method: 'POST', path: '/export/{kind}', tags, successStatus: 202 })
    .input(
      z.object({
        kind: z.enum(exportKinds),
        q: z.string().max(200).optional(),
        filter: Condition.optional(),
        ids: z.array(Id).max(10_000).optional(),
        /** Of tasks only: those of these statuses, or due in this span. */
        tasks: ExportNarrowing.optional(),
        columns: z.array(z.string().max(80)).max(100).optional(),
        format: z.literal('csv').default('csv'),
      }),
    )
    .output(z.object({ exportId: Id })),
  exportStatus: may('export')
    .route({ method: 'GET', path: '/export/status/{exportId}', tags })
    .input(z.object({ exportId: Id }))
    .output(Export),
  exportCancel: may('export')
    .route({ method: 'POST', path: '/export/{exportId}/cancel', tags })
    .input(z.object({ exportId: Id }))
    .output(Export),
  exportFile: may('export')
    .route({ method: 'GET', path: '/export/{exportId}/file', tags })
    .input(z.object({ exportId: Id }))
    .output(z.file()),
}
