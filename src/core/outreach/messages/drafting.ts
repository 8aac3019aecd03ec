/** What an e-mail says and who gets it, before it is kept: its recipient, account, texts, and a look at it. */
import type { EmailDraft } from '../../../contract/outreach/messages'
import type { Actor } from '../../kernel/actor'
import { toInstantOrNull, toJson } from '../../kernel/database/rows'
import { invalid } from '../../kernel/errors'
import type { Kernel } from '../../kernel/kernel'
import type { Mail } from '../accounts/accounts'
import { cleanHtml, type Templates, textOfHtml } from '../templates/templates'
import { type Checked, contentHashOf, copiesOf, type ProblemsOf } from './checks'
import type { Timing } from './timing'

export type Drafting = ReturnType<typeof createDrafting>

export interface DraftingNeeds {
  mail: Mail
  templates: Templates
  /** @throws not_found where the actor may not see the record */
  requireVisible(
    actor: Actor,
    about: { leadId?: string | undefined; contactId?: string | undefined },
  ): void
  problemsOf: ProblemsOf
  timing: Timing
}

export interface Recipient {
  contactId: string
  leadId: string | null
  toName: string
  toAddress: string | null
}

export function createDrafting({ database, clock }: Kernel, needs: DraftingNeeds) {
  const { mail, templates, problemsOf, timing } = needs

  function recipientOf(about: {
    leadId?: string | undefined
    contactId?: string | undefined
  }): Recipient {
    const contactId =
      about.contactId ??
      database.value<string | null>('select contact_id from lead where id = ?', about.leadId ?? '')
    if (!contactId) throw invalid('contactId', 'is required: the lead has no contact')
    const row = database.get<{ name: string; email: string | null }>(
      'select name, email from contact where id = ?',
      contactId,
    )
    return {
      contactId,
      leadId: about.leadId ?? null,
      toName: row?.name === row?.email ? '' : (row?.name ?? ''),
      toAddress: row?.email ?? null,
    }
  }

  function accountIdFor(actor: Actor, accountId: string | undefined): string | null {
    if (accountId === undefined) return mail.accountFor(actor.userId)?.id ?? null
    const account = mail.requireRow(actor, accountId)
    if (account.active === 0) throw invalid('accountId', 'must be an account that is in use')
    return account.id
  }

  function textsOf(actor: Actor, draft: EmailDraft, recipient: Recipient) {
    if (draft.final) {
      const html = draft.html === null ? null : cleanHtml(draft.html)
      const body = draft.body || (html === null ? '' : textOfHtml(html))
      return {
        subject: draft.subject,
        body,
        html,
        blanks: [],
        defaulted: [],
        marked: markedNothing(draft.subject, body, html),
      }
    }
    return templates.renderTemplate(draft.templateId ? templates.get(draft.templateId) : draft, {
      leadId: recipient.leadId,
      contactId: recipient.contactId,
      userId: actor.userId,
    })
  }

  function checkedFrom(
    texts: { subject: string; body: string; html: string | null; blanks: string[] },
    { contactId, leadId, toAddress }: Recipient,
    accountId: string | null,
    {
      allowIdentical = false,
      cc = [],
      bcc = [],
    }: { allowIdentical?: boolean; cc?: readonly string[]; bcc?: readonly string[] } = {},
  ): Checked {
    const copies = copiesOf(toAddress, { cc, bcc })
    return {
      to_address: toAddress ?? '',
      cc: toJson(copies.cc),
      bcc: toJson(copies.bcc),
      lead_id: leadId,
      subject: texts.subject,
      body: texts.body,
      html: texts.html,
      blanks: toJson(texts.blanks),
      contact_id: contactId,
      account_id: accountId,
      content_hash: contentHashOf(texts.subject, texts.body),
      allow_identical: allowIdentical ? 1 : 0,
    }
  }

  function preview(actor: Actor, draft: EmailDraft) {
    needs.requireVisible(actor, draft)
    const recipient = recipientOf(draft)
    const texts = textsOf(actor, draft, recipient)
    const accountId = accountIdFor(actor, draft.accountId)
    const account = accountId === null ? undefined : mail.accountById(accountId)
    const to = { at_once: 0, contact_id: recipient.contactId, lead_id: recipient.leadId }
    const quietUntil = account && timing.quietFor(to, account, clock.now())
    return {
      toName: recipient.toName || null,
      toAddress: recipient.toAddress,
      ...texts,
      from: account
        ? { accountId: account.id, name: account.from_name || null, address: account.from_address }
        : null,
      problems: problemsOf(checkedFrom(texts, recipient, accountId, draft)),
      quietUntil: toInstantOrNull(quietUntil ?? null),
    }
  }

  return { recipientOf, accountIdFor, textsOf, checkedFrom, preview }
}

/** A final text has no placeholders, and so none that are blank. */
const markedNothing = (subject: string, body: string, html: string | null) => ({
  subject: [{ text: subject, blank: false }],
  body: [{ text: body, blank: false }],
  html,
})
