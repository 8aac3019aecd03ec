/** Jobs: what runs by itself, when it ran last, and when it runs next. */
import * as z from 'zod'
import { may } from '../kernel/base'
import { Id, Instant } from '../kernel/shapes'
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

/** A record as a person knows it; the name is null where the record is gone. */
export const WorkRecord = z.object({
  kind: z.string(),
  id: z.string(),
  name: z.string().nullable(),
})
export type WorkRecord = z.infer<typeof WorkRecord>

/** When Rapport had to restart its database, and what it was doing. */
export const Restart = z.object({
  at: Instant,
  /** It did not answer, it broke down, or the whole program ended in the middle of the work. */
  cause: z.enum(['silent', 'crashed', 'killed']),
  /** Null where nothing in particular was under way. */
  work: z
    .object({
      /** `start`: what is done once when Rapport starts. `request`: what a person or program asked for. */
      kind: z.enum(['start', 'job', 'request']),
      /** Of the job, the part of the start, or the procedure, e.g. `leads.update`. */
      name: z.string(),
      label: z.string(),
      record: WorkRecord.nullable(),
    })
    .nullable(),
})
export type Restart = z.infer<typeof Restart>

/** After two restarts within a short time Rapport opens with its jobs paused. */
export const SafeStart = z.object({
  /** Since when jobs wait for a person; null while they run. */
  pausedSince: Instant.nullable(),
  /** Newest first: those that jobs are paused for, or those of the last minutes. */
  restarts: z.array(Restart),
  /** Records that jobs leave alone. */
  skipped: z.array(WorkRecord),
})
export type SafeStart = z.infer<typeof SafeStart>

const RecordName = z.object({
  kind: z.string().regex(/^[a-z_]{1,40}$/),
  id: z.string().regex(/^[\w.:-]{1,100}$/),
})

export const Job = z.object({
  name: z.enum(jobNames),
  label: z.string(),
  /** When it runs, in words: every hour, daily at 08:00. */
  schedule: z.string(),
  paused: z.boolean(),
  running: z.boolean(),
  /** The last restart of the database that happened in it, of those in `GET /jobs/safe-start`. */
  stopped: Restart.nullable(),
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
  safeStart: may('read').route({ method: 'GET', path: '/jobs/safe-start', tags }).output(SafeStart),
  /** Lets jobs run by themselves again, all but with the records given. */
  resume: may('configure')
    .route({ method: 'POST', path: '/jobs/resume', tags })
    .input(z.object({ skip: z.array(RecordName).max(100).default([]) }))
    .output(SafeStart),
  /** Jobs leave this record alone from now on, or no longer. */
  skip: may('configure')
    .route({ method: 'POST', path: '/jobs/skip', tags })
    .input(RecordName.extend({ skipped: z.boolean().default(true) }))
    .output(SafeStart),
  runs: may('read')
    .route({ method: 'GET', path: '/jobs/{name}/runs', tags })
    .input(ByName.extend({ limit: z.coerce.number().int().min(1).max(200).default(50) }))
    .output(z.array(JobRun)),
}
