/** Whether a message may go out: it is personal, whole, and goes to somebody who may be written to. */

import { createHash } from 'node:crypto'
import type { EmailProblem } from '../../../contract/outreach/messages'
import type { Database } from '../../kernel/database/database'
import { fromJson } from '../../kernel/database/rows'
import { addressesIn, leadDeleted, type MessageRow } from './rows'
import { readSettings } from './settings'

export type Checked = Pick<
  MessageRow,
  | 'to_address'
  | 'cc'
  | 'bcc'
  | 'lead_id'
  | 'subject'
  | 'body'
  | 'html'
  | 'blanks'
  | 'contact_id'
  | 'account_id'
  | 'content_hash'
  | 'allow_identical'
>

/** Alike are messages that differ in case and white space at most. */
export const contentHashOf = (subject: string, body: string): string =>
  createHash('sha256')
    .update(`${subject}\n${body}`.toLowerCase().replaceAll(/\s+/g, ' ').trim())
    .digest('hex')

const recipientsOf = ({ to_address, cc, bcc }: Checked): string[] => [
  to_address,
  ...addressesIn(cc),
  ...addressesIn(bcc),
]

/** Each address gets it once, where it is named first. */
export function copiesOf(
  to: string | null,
  { cc, bcc }: { cc: readonly string[]; bcc: readonly string[] },
): { cc: string[]; bcc: string[] } {
  const known = new Set([to?.toLowerCase()])
  const fresh = (address: string) => {
    const isNew = !known.has(address.toLowerCase())
    known.add(address.toLowerCase())
    return isNew
  }
  return { cc: cc.filter(fresh), bcc: bcc.filter(fresh) }
}

export type ProblemsOf = ReturnType<typeof createChecks>

export function createChecks(database: Database, isOptedOut: (address: string) => boolean) {
  /** Everything that speaks against sending; none where it may go out. */
  return function problemsOf(message: Checked): EmailProblem[] {
    const { identicalMost, nameRequired } = readSettings(database)
    const problems: EmailProblem[] = []
    const add = (kind: EmailProblem['kind'], text: string) => problems.push({ kind, message: text })

    for (const address of recipientsOf(message))
      if (isOptedOut(address)) add('opted_out', `${address} has asked not to be written to.`)
    const deleted = database.get<{ title: string }>(
      'select title from lead where id = ? and deleted_at is not null',
      message.lead_id,
    )
    if (deleted) problems.push(leadDeleted(deleted.title))
    if (message.account_id === null) add('no_account', 'There is no e-mail account to send it by.')
    if (message.subject.trim() === '') add('empty', 'The subject is empty.')
    if (message.body.trim() === '') add('empty', 'The message is empty.')
    const blanks = fromJson(message.blanks)
    if (blanks.length > 0) add('blank', `Nothing is known for ${blanks.join(', ')}.`)
    const text = `${message.subject}\n${message.body}`
    if (/\{\{|\}\}|\{%|%\}/.test(`${text}\n${message.html ?? ''}`))
      add('unresolved', 'A placeholder was left standing.')

    const person =
      message.contact_id === null
        ? undefined
        : database.get<{ first_name: string | null; last_name: string | null }>(
            'select first_name, last_name from contact where id = ?',
            message.contact_id,
          )
    const names = [person?.first_name, person?.last_name].filter((name) => name?.trim())
    if (nameRequired && names.length > 0) {
      const folded = text.toLocaleLowerCase()
      if (!names.some((name) => folded.includes((name ?? '').toLocaleLowerCase())))
        add('nameless', `It does not hold the name of ${names.join(' ')}.`)
    }

    if (message.allow_identical === 0) {
      const others = Number(
        database.value(
          `select count(*) from (select distinct to_address from email_message
             where content_hash = ? and to_address <> ? and state not in ('failed', 'cancelled') limit ?)`,
          message.content_hash,
          message.to_address,
          identicalMost,
        ),
      )
      if (others >= identicalMost)
        add('identical', `The same text goes to ${identicalMost} others or more.`)
    }
    return problems
  }
}
