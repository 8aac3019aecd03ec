/** What keeps everything from going out, and the answers that let it go out again. */
import * as z from 'zod'
import { may } from '../kernel/base'
import { Instant } from '../kernel/shapes'

const tags = ['Holds']

/** A backup, or another file, has taken the database's place. */
export const RestoredHold = z.object({
  reason: z.literal('restored'),
  since: Instant,
  /** `backup` was restored; `empty` database was started; an older `file` was put in place by hand. */
  from: z.enum(['backup', 'empty', 'file']),
  /** When the backup was made. */
  backupAt: Instant.nullable(),
  /** Whether the database that was there before could be read. `none`: it is not there any more. */
  replaced: z.enum(['read', 'in_part', 'unreadable', 'none']),
  /** What was carried over from it, each as a number of records. */
  carried: z.object({
    /** E-mails known to have gone out, which do not go out again. */
    sent: z.number().int(),
    /** E-mails of which a person is to say whether they went out. */
    unknown: z.number().int(),
    /** E-mails taken back since the backup: they wait for approval again. */
    takenBack: z.number().int(),
    optOuts: z.number().int(),
    notifications: z.number().int(),
  }),
})
export type RestoredHold = z.infer<typeof RestoredHold>

/** The database was last used on another machine or in another folder. */
export const CopiedHold = z.object({
  reason: z.literal('copied'),
  since: Instant,
  /** `null` until somebody has said whether it was moved or copied. */
  answer: z.enum(['copied']).nullable(),
  /** In a copy: what waited when it was made, e-mails to decide on and cadences that were paused. */
  unknown: z.number().int(),
  paused: z.number().int(),
})
export type CopiedHold = z.infer<typeof CopiedHold>

/** The clock is far from where it was when Rapport was last used. */
export const ClockHold = z.object({
  reason: z.literal('clock'),
  since: Instant,
  lastSeen: Instant,
  now: Instant,
})
export type ClockHold = z.infer<typeof ClockHold>

export const HoldStatus = z.object({
  /** Nothing goes out while there is any. */
  holds: z.array(z.discriminatedUnion('reason', [RestoredHold, CopiedHold, ClockHold])),
  /** E-mails that go out once nothing holds them. */
  waiting: z.number().int(),
  /** E-mails of which nobody knows whether they went out. */
  unknown: z.number().int(),
})
export type HoldStatus = z.infer<typeof HoldStatus>

export const holds = {
  status: may('read').route({ method: 'GET', path: '/holds', tags }).output(HoldStatus),
  /** After a restore: lets e-mail and everything else go out again. */
  resume: may('configure')
    .route({ method: 'POST', path: '/holds/resume', tags })
    .input(z.object({}))
    .output(HoldStatus),
  /** Says that the clock is right, however far it jumped. */
  clockIsRight: may('configure')
    .route({ method: 'POST', path: '/holds/clock-is-right', tags })
    .input(z.object({}))
    .output(HoldStatus),
  /** Says whether the database was moved here, or is a copy of one that is still in use. A copy sends nothing. */
  place: may('administer')
    .route({ method: 'POST', path: '/holds/place', tags })
    .input(z.object({ answer: z.enum(['moved', 'copied']) }))
    .output(HoldStatus),
  /** Lets a copy send from now on. */
  sendFromCopy: may('administer')
    .route({ method: 'POST', path: '/holds/send-from-copy', tags })
    .input(z.object({}))
    .output(HoldStatus),
}
