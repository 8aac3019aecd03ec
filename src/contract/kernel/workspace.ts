/** The settings of the whole workspace. */
import * as z from 'zod'
import { Currency, line } from './shapes'
import { Zone } from './zones'

export const Workspace = z.object({
  name: line(120),
  currency: Currency,
  /** IANA zone in which days begin and end for statistics and signals. */
  timezone: Zone,
  /** Whether the first-run screen has been answered. */
  onboarded: z.boolean(),
  /** Whether reps see all companies and contacts, or only those they have to do with. */
  repsSeeAllContacts: z.boolean(),
  trashDays: z.number().int().min(1).max(3650),
  backupsKept: z.number().int().min(1).max(365),
  /** How many days read notifications stay. */
  notificationDays: z.number().int().min(1).max(3650),
  /** How many days it is kept what went out by which way. */
  deliveryDays: z.number().int().min(1).max(3650),
  /** How many days the runs of jobs are kept. */
  jobRunDays: z.number().int().min(1).max(3650),
  /** How many days entries of the change log are kept; null: for ever. */
  logDays: z.number().int().min(90).max(36_500).nullable(),
})
export type Workspace = z.infer<typeof Workspace>
