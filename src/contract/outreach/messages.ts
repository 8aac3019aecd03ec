/** The outbox: e-mails drafted, approved, on their way, and what became of them. */
import * as z from 'zod'
import { may } from '../kernel/base'
import { editOf } from '../kernel/based-on'
import {
  BulkResult,
  ById,
  Email,
  EnteredInstant,
  Id,
  Instant,
  LongText,
  lineOrEmpty,
  oneOrMany,
  pageOf,
  Reference,
} from '../kernel/shapes'
import { emailFailures, emailStates } from '../kernel/words'
import { RenderedTemplate } from './templates'

const tags = ['Outbox']
const Subject = lineOrEmpty(500)

/** Addresses that get a copy; opt-outs hold for each of them. */
const Copies = z.array(Email).max(20)

/** Why a message may not go out as it is. */
export const EmailProblem = z.object({
  kind: z.enum([
    'blank',
    'unresolved',
    'identical',
    'nameless',
    'empty',
    'opted_out',
    'no_account',
    'lead_deleted',
  ]),
  message: z.string(),
})
export type EmailProblem = z.infer<typeof EmailProblem>

export const EmailMessage = z.object({
  id: Id,
  state: z.enum(emailStates),
  account: Reference.nullable(),
  user: Reference.nullable(),
  lead: Reference.nullable(),
  contact: Reference.nullable(),
  toName: z.string().nullable(),
  toAddress: z.string(),
  /** Who else gets it, seen by all. */
  cc: z.array(z.string()),
  /** Who else gets it, seen by nobody. */
  bcc: z.array(z.string()),
  subject: z.string(),
  /** The text part. */
  body: z.string(),
  html: z.string().nullable(),
  /** Its Message-ID, without angle brackets. */
  messageId: z.string(),
  planId: Id.nullable(),
  planStepId: z.string().nullable(),
  variant: z.string().nullable(),
  problems: z.array(EmailProblem),
  allowIdentical: z.boolean(),
  /** Sent by hand: quiet hours do not hold it. */
  atOnce: z.boolean(),
  sendAfter: Instant.nullable(),
  /** When it is tried next, after limits and quiet hours; for approved ones. */
  nextAttemptAt: Instant.nullable(),
  attempts: z.number().int(),
  sentAt: Instant.nullable(),
  /** Why it waits or did not go out. */
  error: z.string().nullable(),
  /** What kind of failure that was, where it was one. */
  failure: z.enum(emailFailures).nullable(),
  createdAt: Instant,
  updatedAt: Instant,
})
export type EmailMessage = z.infer<typeof EmailMessage>

export const EmailDraft = z
  .object({
    leadId: Id.optional(),
    contactId: Id.optional(),
    /** Without it the one that this user's mail goes out by. */
    accountId: Id.optional(),
    cc: Copies.default([]),
    bcc: Copies.default([]),
    /** Filled in; else the texts below are, placeholders and all. */
    templateId: Id.optional(),
    subject: Subject.default(''),
    body: LongText.default(''),
    html: LongText.nullable().default(null),
    /** Texts are final: braces in them are no placeholders. */
    final: z.boolean().default(false),
    allowIdentical: z.boolean().default(false),
    sendAfter: EnteredInstant.optional(),
    /** `draft` waits for approval, `approve` goes when it may, `now` at once, quiet hours or not. */
    next: z.enum(['draft', 'approve', 'now']).default('draft'),
  })
  .refine(({ leadId, contactId }) => leadId !== undefined || contactId !== undefined, {
    message: 'give a lead or a contact',
    path: ['contactId'],
  })
export type EmailDraft = z.output<typeof EmailDraft>

export const EmailUpdate = z.object({
  accountId: Id.optional(),
  /** Where it goes, when the contact's address is not the one. Opt-outs hold for any. */
  toAddress: Email.optional(),
  cc: Copies.optional(),
  bcc: Copies.optional(),
  subject: Subject.optional(),
  body: LongText.optional(),
  html: LongText.nullable().optional(),
  allowIdentical: z.boolean().optional(),
  sendAfter: EnteredInstant.nullable().optional(),
})
export type EmailUpdate = z.output<typeof EmailUpdate>

export const OutboxStatus = z.object({
  /** While true nothing goes out, whoever sends. */
  stopped: z.boolean(),
  stoppedBy: Reference.nullable(),
  /** Accounts that could not sign in or reach their server: their messages wait, and none is lost. */
  held: z.array(z.object({ account: Reference, message: z.string(), until: Instant })),
  counts: z.record(z.enum(emailStates), z.number().int()),
  /** Messages to more people than this must not be all alike. */
  identicalMost: z.number().int(),
  /** A message must hold its recipient's name. */
  nameRequired: z.boolean(),
  /** E-mails of plans wait for approval; else they go out by themselves where nothing is wrong. */
  approvalFirst: z.boolean(),
  /** What was due this many hours ago or more waits for a decision instead of going out. */
  lateHours: z.number().int(),
})
export type OutboxStatus = z.infer<typeof OutboxStatus>

export const outbox = {
  list: may('read')
    .route({ method: 'GET', path: '/outbox', tags })
    .input(
      z.object({
        state: oneOrMany(z.enum(emailStates)),
        leadId: Id.optional(),
        contactId: Id.optional(),
        limit: z.coerce.number().int().min(1).max(200).default(50),
        cursor: z.string().max(200).optional(),
      }),
    )
    .output(pageOf(EmailMessage)),
  status: may('read').route({ method: 'GET', path: '/outbox/status', tags }).output(OutboxStatus),
  settings: may('configure')
    .route({ method: 'PATCH', path: '/outbox/settings', tags })
    .input(
      editOf(
        z.object({
          identicalMost: z.number().int().min(1).max(10_000).optional(),
          nameRequired: z.boolean().optional(),
          approvalFirst: z.boolean().optional(),
          lateHours: z.number().int().min(1).max(720).optional(),
        }),
      ),
    )
    .output(OutboxStatus),
  /** Halts all sending at once; what a server has already taken is gone. Everybody may. */
  stop: may('write')
    .route({ method: 'POST', path: '/outbox/stop', tags })
    .input(z.object({}))
    .output(OutboxStatus),
  resume: may('configure')
    .route({ method: 'POST', path: '/outbox/resume', tags })
    .input(z.object({}))
    .output(OutboxStatus),
  create: may('write')
    .route({ method: 'POST', path: '/outbox', tags, successStatus: 201 })
    .input(EmailDraft)
    .output(EmailMessage),
  /** What a draft would become, and what would keep it from going out; nothing is stored. */
  preview: may('read')
    .route({ method: 'POST', path: '/outbox/preview', tags })
    .input(EmailDraft)
    .output(
      RenderedTemplate.extend({
        toName: z.string().nullable(),
        toAddress: z.string().nullable(),
        /** Which account it goes by, and what its recipients see; null where there is none. */
        from: z
          .object({ accountId: Id, name: z.string().nullable(), address: z.string() })
          .nullable(),
        problems: z.array(EmailProblem),
        /** When quiet hours end that hold now where the recipient is; null where it is not quiet. */
        quietUntil: Instant.nullable(),
      }),
    ),
  get: may('read')
    .route({ method: 'GET', path: '/outbox/{id}', tags })
    .input(ById)
    .output(EmailMessage),
  /** Drafts, and approved ones: these become drafts again. */
  update: may('write')
    .route({ method: 'PATCH', path: '/outbox/{id}', tags })
    .input(editOf(EmailUpdate.extend({ id: Id })))
    .output(EmailMessage),
  approve: may('write')
    .route({ method: 'POST', path: '/outbox/{id}/approve', tags })
    .input(z.object({ id: Id, now: z.boolean().default(false) }))
    .output(EmailMessage),
  /** An approved message, or one that is late, goes out at another time. */
  reschedule: may('write')
    .route({ method: 'POST', path: '/outbox/{id}/reschedule', tags })
    .input(z.object({ id: Id, sendAfter: Instant }))
    .output(EmailMessage),
  /** Those with problems stay drafts. */
  approveMany: may('write')
    .route({ method: 'POST', path: '/outbox/approve', tags })
    .input(z.object({ ids: z.array(Id).min(1).max(5000) }))
    .output(BulkResult),
  cancel: may('write')
    .route({ method: 'POST', path: '/outbox/{id}/cancel', tags })
    .input(ById)
    .output(EmailMessage),
  /** A failed message is tried again; of an unknown one the user says what to do. */
  resolve: may('write')
    .route({ method: 'POST', path: '/outbox/{id}/resolve', tags })
    .input(z.object({ id: Id, as: z.enum(['sent', 'send_again', 'cancelled']) }))
    .output(EmailMessage),
  /** The same answer for all of which nobody knows whether they went out, as far as the caller sees them. */
  resolveUnknown: may('configure')
    .route({ method: 'POST', path: '/outbox/resolve-unknown', tags })
    .input(z.object({ as: z.enum(['sent', 'send_again', 'cancelled']) }))
    .output(BulkResult),
  /** Sends what is due now, accounts that rest after a failure included, and answers when that is done. */
  send: may('write')
    .route({ method: 'POST', path: '/outbox/send', tags })
    .input(z.object({}))
    .output(
      z.object({ sent: z.number().int(), failed: z.number().int(), unknown: z.number().int() }),
    ),
}
