/** The e-mails of plans' steps: put into the outbox when they are due, and taken back. */
import type { Writer } from '../../kernel/database/database'
import type { Kernel } from '../../kernel/kernel'
import type { Mail } from '../accounts/accounts'
import type { Templates } from '../templates/templates'
import { mayHaveGone } from './carry-over'
import type { ProblemsOf } from './checks'
import type { Drafting } from './drafting'
import type { Lateness } from './lateness'
import { readSettings } from './settings'
import type { Writing } from './writing'

/** The e-mail of a plan's step; its texts are templates. */
export interface StepEmail {
  planId: string
  planStepId: string
  leadId: string | null
  contactId: string
  userId: string | null
  email: string
  subject: string
  body: string
  html?: string | null
  variant?: string | null
  /** Not before this instant, milliseconds. */
  sendAfter?: number | null
  /** When the step was due, milliseconds. */
  dueAt?: number
}

/** Takes a step's e-mail back as long as no server has had it; tells no plan of it. */
export const withdrawStepEmail = (writer: Writer, planStepId: string, reason: string): boolean =>
  writer.run(
    `update email_message set state = 'cancelled', error = ?, updated_at = ?
     where plan_step_id = ? and state in ('drafted', 'approved', 'late', 'failed')`,
    reason,
    writer.now,
    planStepId,
  ) > 0

export interface StepEmailNeeds {
  mail: Mail
  templates: Templates
  drafting: Drafting
  writing: Writing
  lateness: Lateness
  problemsOf: ProblemsOf
}

export function createStepEmails({ database }: Kernel, needs: StepEmailNeeds) {
  const { mail, templates, writing, lateness, problemsOf } = needs
  const { recipientOf, checkedFrom } = needs.drafting

  /**
   * Puts the e-mail of a step into the outbox within the action that makes it due. Without problems
   * and where no approval is wanted it goes by itself; else it waits as a draft. One that may have
   * gone out for this step already is left at that, and answered.
   */
  function enqueue(writer: Writer, email: StepEmail): string {
    const gone = goneOf(writer, email.planStepId)
    if (gone !== undefined) return gone
    const recipient = recipientOf({ contactId: email.contactId, leadId: email.leadId ?? undefined })
    const source = { subject: email.subject, body: email.body, html: email.html ?? null }
    // What cannot be filled in waits as it is written: its braces are found as a problem.
    const texts =
      templates.checkTemplate(source).length > 0
        ? { ...source, blanks: [] }
        : templates.renderTemplate(source, {
            leadId: email.leadId,
            contactId: email.contactId,
            userId: email.userId,
          })
    const checked = checkedFrom(
      texts,
      { ...recipient, toAddress: email.email },
      mail.accountFor(email.userId)?.id ?? null,
    )
    const problems = problemsOf(checked)
    const goes = problems.length === 0 && !readSettings(database).approvalFirst
    const late = goes && email.dueAt ? lateness.whyLateOn(email.dueAt, email.userId) : undefined
    const asks = mayHaveGoneBefore(email.planStepId)
    return writing.insert(writer, checked, {
      state: asks ? 'unknown' : late ? 'late' : goes ? 'approved' : 'drafted',
      error: asks ? mayHaveGone : (late ?? null),
      toName: recipient.toName || null,
      leadId: email.leadId,
      userId: email.userId,
      planId: email.planId,
      planStepId: email.planStepId,
      variant: email.variant ?? null,
      needsOpenLead: email.leadId !== null,
      sendAfter: email.sendAfter ?? null,
      problems,
    })
  }

  /** Whether this step was due while a database was in use that nobody can read any more. */
  const mayHaveGoneBefore = (planStepId: string): boolean =>
    database.get(
      `select 1 from plan_step, installation where plan_step.id = ? and due_at <= ask_until`,
      planStepId,
    ) !== undefined

  /** What a server may have had of this step. What was taken back or has failed lets go of the step. */
  function goneOf(writer: Writer, planStepId: string): string | undefined {
    writer.run(
      `update email_message set state = 'cancelled', plan_step_id = null, updated_at = ?
       where plan_step_id = ? and state in ('cancelled', 'failed')`,
      writer.now,
      planStepId,
    )
    return database.value<string>(
      `select id from email_message where plan_step_id = ? and state in ('sending', 'unknown', 'sent')`,
      planStepId,
    )
  }

  return { enqueue }
}
