/** Jobs: what runs by itself, when it ran last, and when it runs next. */
import * as z from 'zod'
import { may } from './base'
import { Id, Instant } from './shapes'
import { jobNames } from './words'

const tags = ['Jobs']

export const JobRun = z.object({
  id: Id,
  startedAt: Instant,
  finishedAt: Instant.nullable(),
  result: z.string().nullable(),
  error: z.string().nullable(),
})
export type JobRun = z.infer<typeof JobRun>

export const Job = z.object({
  name: z.enum(jobNames),
  label: z.string(),
  /** When it runs, in words: every hour, daily at 08:00. */
  schedule: z.string(),
  paused: z.boolean(),
  running: z.boolean(),
  lastRun: JobRun.nullable(),
  nextRunAt: Instant.nullable(),
})
export type Job = z.infer<typeof Job>
const ByName = z.object({ name: z.enum(jobNames) })

export const jobs = {
  list: may('read').route({ method: 'GET', path: '/jobs', tags }).output(z.array(Job)),
  run: may('configure')
    .route({ method: 'POST', path: '/jobs/{name}/run', tags })
    .input(ByName)
    .output(Job),
  pause: may('configure')
    .route({ method: 'POST', path: '/jobs/{name}/pause', tags })
    .input(ByName.extend({ paused: z.boolean().default(true) }))
    .output(Job),
  runs: may('read')
    .route({ method: 'GET', path: '/jobs/{name}/runs', tags })
    .input(ByName.extend({ limit: z.coerce.number().int().min(1).max(200).default(50) }))
    .output(z.array(JobRun)),
}
