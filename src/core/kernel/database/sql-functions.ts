/** Functions of ours that triggers and migrations call: every connection that writes records has them. */
import { domainToUnicode } from 'node:url'
import type BetterSqlite3 from 'better-sqlite3'
import { asciiDomain } from '../../../contract/kernel/addresses'
import { spellingKey } from '../../../contract/kernel/spelling'
import { phoneWords } from '../fields/phone-numbers'
import { readings } from './readings'

const textOr = (value: unknown): string | null => (typeof value === 'string' ? value : null)

export function addTextFunctions(connection: BetterSqlite3.Database): void {
  const add = (name: string, work: (text: string, ...more: unknown[]) => string | null) =>
    connection.function(name, { deterministic: true, varargs: true }, (text, ...more) =>
      typeof text === 'string' ? work(text, ...more) : null,
    )
  for (const [name, read] of Object.entries(readings))
    add(name, (text, country) => read(text, textOr(country)))
  add('spelling_key', spellingKey)
  add('ascii_domain', asciiDomain)
  add('shown_address', (address) => (/(^|[@.])xn--/i.test(address) ? shownAddress(address) : null))
  add('digits_of', (text) => text.replace(/\D/g, ''))
  add('phone_words', (text) => phoneWords(text).join(' ') || null)
}

/** An address or a domain with the letters that its ASCII form means. */
function shownAddress(address: string): string {
  const at = address.lastIndexOf('@') + 1
  return address.slice(0, at) + domainToUnicode(address.slice(at))
}
