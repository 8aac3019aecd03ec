/** E-mail accounts: the servers that mail goes out by, their limits and hours of quiet. */
import * as z from 'zod'
import { may } from '../kernel/base'
import { editOf } from '../kernel/based-on'
import { ById, Email, Id, Instant, line, Reference } from '../kernel/shapes'
import { smtpSecurities } from '../kernel/words'
import { passwordStates } from './words'

const tags = ['E-mail accounts']
const Time = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'must be a time of day like 22:00')

/** When nobody is written to, in the recipient's own time. */
export const MailQuietHours = z.object({
  on: z.boolean(),
  from: Time,
  to: Time,
  /** ISO weekdays that are quiet all day: 6 is Saturday. */
  days: z.array(z.number().int().min(1).max(7)).max(6, 'must leave a day to send on'),
})
export type MailQuietHours = z.infer<typeof MailQuietHours>

const fields = {
  name: line(80),
  /** False: it belongs to the caller alone. */
  shared: z.boolean(),
  fromName: z
    .string()
    .trim()
    .max(120, { abort: true })
    .regex(/^[^\p{Cc}]*$/u, 'must be one line')
    .nullable(),
  fromAddress: Email,
  replyTo: Email.nullable(),
  host: z
    .string()
    .trim()
    .regex(/^[\p{L}\p{N}.:-]{1,253}$/u, 'must be the name of a server like smtp.example.com'),
  port: z.number().int().min(1).max(65_535),
  security: z.enum(smtpSecurities),
  /** Null where the server asks nobody who they are. */
  username: line(254).nullable(),
  perHour: z.number().int().min(1).max(10_000),
  perDay: z.number().int().min(1).max(100_000),
  /** At least this many seconds between two messages. */
  spacingSeconds: z.number().int().min(0).max(86_400),
  quietHours: MailQuietHours,
  /** Notifications go out by it, and messages that name no account. */
  isDefault: z.boolean(),
  active: z.boolean(),
}

export const MailAccount = z.object({
  id: Id,
  ...fields,
  /** Whose it is; null: everybody sends by it. */
  user: Reference.nullable(),
  /**
   * `this_run`: kept until Rapport ends, because this computer offers no safe place.
   * `missing`: it has to be entered (again) before anything goes out.
   */
  password: z.enum(passwordStates),
  /** Messages handed to the server in the last hour and day; they count against the limits. */
  sentLastHour: z.number().int(),
  sentLastDay: z.number().int(),
  createdAt: Instant,
  updatedAt: Instant,
})
export type MailAccount = z.infer<typeof MailAccount>

/** Never answered, never in the database: the system's store of secrets has it. */
const Password = z.string().min(1).max(1000)
export const MailAccountCreate = z.object({
  ...fields,
  shared: fields.shared.default(true),
  fromName: fields.fromName.default(null),
  replyTo: fields.replyTo.default(null),
  port: fields.port.default(587),
  security: fields.security.default('starttls'),
  username: fields.username.default(null),
  perHour: fields.perHour.default(50),
  perDay: fields.perDay.default(200),
  spacingSeconds: fields.spacingSeconds.default(20),
  quietHours: fields.quietHours.default({ on: true, from: '20:00', to: '08:00', days: [6, 7] }),
  isDefault: fields.isDefault.default(false),
  active: fields.active.default(true),
  password: Password.optional(),
})
export type MailAccountCreate = z.output<typeof MailAccountCreate>
export const MailAccountUpdate = z
  .object(fields)
  .partial()
  /** Null forgets it. */
  .extend({ password: Password.nullable().optional() })
export type MailAccountUpdate = z.output<typeof MailAccountUpdate>

/** What a person learns about a message that was tried. */
export const MailTest = z.object({ ok: z.boolean(), message: z.string() })

export const mail = {
  accounts: {
    list: may('read')
      .route({ method: 'GET', path: '/mail/accounts', tags })
      .output(z.array(MailAccount)),
    create: may('write')
      .route({ method: 'POST', path: '/mail/accounts', tags, successStatus: 201 })
      .input(MailAccountCreate)
      .output(MailAccount),
    get: may('read')
      .route({ method: 'GET', path: '/mail/accounts/{id}', tags })
      .input(ById)
      .output(MailAccount),
    update: may('write')
      .route({ method: 'PATCH', path: '/mail/accounts/{id}', tags })
      .input(editOf(MailAccountUpdate.extend({ id: Id })))
      .output(MailAccount),
    remove: may('write')
      .route({ method: 'DELETE', path: '/mail/accounts/{id}', tags })
      .input(ById)
      .output(ById),
    /** Sends a short message by this account, to see whether it arrives. */
    test: may('write')
      .route({ method: 'POST', path: '/mail/accounts/{id}/test', tags })
      .input(z.object({ id: Id, to: Email }))
      .output(MailTest),
  },
}
