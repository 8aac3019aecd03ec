/** Reads a cell as a value of a field; pure. Every parser gives null for a cell without a value. */

import { asciiDomain } from '../../../../contract/kernel/addresses'
import { Email } from '../../../../contract/kernel/shapes'
import { spellingKey } from '../../../../contract/kernel/spelling'
import { cleanLine, cleanText } from '../../../../contract/kernel/text'
import { tagsFromCell } from '../../format/tags'
import { broken, isNoValue, type Parsed, valid } from './parsed-value'

export { type ColumnHints, createColumnHintsFinder, findColumnHints } from './column-hints'
export { type DateOrder, parseDate, parseInstant } from './parse-dates'
export {
  type DecimalSeparator,
  type MoneyValue,
  type ProbabilityScale,
  parseInteger,
  parseMoney,
  parseNumber,
  parseProbability,
} from './parse-numbers'
export type { Parsed, ValueProblem, ValueRule } from './parsed-value'
export { openTimeZone, type TimeZone } from './time-zone'

/**
 * Text, trimmed and in Unicode's composed form, so that equal names are equal. Line breaks become
 * blanks, or with `lines` line feeds. Lengths are UTF-16 units.
 */
export function parseText(
  cell: string,
  options: { maxLength: number; lines?: boolean },
): Parsed<string | null> {
  const { maxLength, lines = false } = options
  const parts = cell.normalize('NFC').split(/\r\n|\r|\n/)
  const text = lines
    ? cleanText(parts.map((part) => part.trimEnd()).join('\n')).trim()
    : cleanLine(
        parts
          .map((part) => part.trim())
          .filter((part) => part !== '')
          .join(' '),
      )
  if (text.length > maxLength) {
    return broken('too_long', `must have at most ${maxLength} characters`)
  }
  return valid(text === '' ? null : text)
}

/** One address, with or without a name around it; its domain in small letters. */
export function parseEmail(cell: string): Parsed<string | null> {
  if (isNoValue(cell)) return valid(null)
  if (cell.length > 1000) return broken('not_an_email', 'must be an e-mail address')
  const bare = /<([^<>]+)>\s*$/.exec(cell)?.[1] ?? cell
  const text = bare
    .trim()
    .replace(/^mailto:/i, '')
    .replace(/[;,.]+$/, '')
  const at = text.lastIndexOf('@')
  if (/[\s,;]/.test(text.slice(text.indexOf('@'), at))) {
    return broken('several_emails', 'must be one e-mail address, not several')
  }
  const read = Email.safeParse(text.slice(0, at + 1) + asciiDomain(text.slice(at + 1)))
  if (!read.success)
    return broken('not_an_email', read.error.issues[0]?.message ?? 'must be an e-mail address')
  return valid(read.data)
}

/** A phone number as it was written, trimmed; not one that a spreadsheet shortened to `4.9E+11`. */
export function parsePhone(
  cell: string,
  options: { maxLength?: number } = {},
): Parsed<string | null> {
  if (isNoValue(cell)) return valid(null)
  const text = cell.trim().replaceAll(/\s+/g, ' ')
  if (/^\d([.,]\d+)?E\+?\d+$/i.test(text)) {
    return broken(
      'shortened_number',
      'is a number a spreadsheet shortened: format the column as text and export it again',
    )
  }
  const { maxLength = 60 } = options
  if (text.length > maxLength) {
    return broken('too_long', `must have at most ${maxLength} characters`)
  }
  return valid(text)
}

export interface Website {
  /** With its scheme: `https://www.acme.com/shop`. */
  url: string
  /** Without `www.`, in small letters, international names in their ASCII form: `acme.com`. */
  domain: string
}

/** A web site or a bare domain. */
export function parseWebsite(cell: string): Parsed<Website | null> {
  if (isNoValue(cell)) return valid(null)
  const text = cell.trim()
  const notAWebsite = broken('not_a_website', 'must be a web site like www.acme.com')
  if (text.length > 2000 || /\s/.test(text)) return notAWebsite
  const withScheme = /^[a-z][a-z\d+.-]*:\/\//i.test(text) ? text : `https://${text}`
  const url = URL.parse(withScheme)
  if (!url || !/^https?:$/.test(url.protocol) || url.username || url.password) return notAWebsite
  const host = url.hostname.replace(/\.$/, '')
  if (!/^([a-z\d]([a-z\d-]*[a-z\d])?\.)+([a-z]{2,}|xn--[a-z\d-]+)$/.test(host)) return notAWebsite
  const path = url.pathname === '/' ? '' : url.pathname
  return valid({
    url: `${url.protocol}//${host}${url.port && `:${url.port}`}${path}${url.search}${url.hash}`,
    domain: host.replace(/^www\d?\.(?=.+\.)/, ''),
  })
}

/** Yes or no in English, as a number, as a mark, and in some neighbouring languages. */
export function parseBoolean(cell: string): Parsed<boolean | null> {
  if (isNoValue(cell)) return valid(null)
  const word = cell.trim().toLowerCase()
  if (/^(true|t|yes|y|1|on|x|✓|✔|wahr|ja|vrai|oui|verdadero|sí|si|sim|tak|да)$/.test(word)) {
    return valid(true)
  }
  if (/^(false|f|no|n|0|off|✗|✘|falsch|nein|faux|non|falso|não|nie|нет)$/.test(word)) {
    return valid(false)
  }
  return broken('not_a_boolean', 'must be yes or no')
}

export interface TagOptions {
  maxLength?: number
  most?: number
  /** Composed letters and single spaces. */
  normalise?: boolean
  /** The cell is one of an export. */
  ours?: boolean
}

/** Tags between semicolons, commas, bars or line breaks; each once, whatever its case. */
export function parseTags(cell: string, options: TagOptions = {}): Parsed<string[]> {
  const { maxLength = 60, most = 50, normalise = true, ours = false } = options
  const tags = new Map<string, string>()
  for (const part of tagsFromCell(normalise ? cell.normalize('NFC') : cell, ours)) {
    const tag = cleanLine(normalise ? part.replaceAll(/\s+/g, ' ') : part)
    const key = spellingKey(tag)
    if (tag !== '' && !tags.has(key)) tags.set(key, tag)
  }
  const list = [...tags.values()]
  if (list.some((tag) => tag.length > maxLength)) {
    return broken('too_long', `must have tags of at most ${maxLength} characters`)
  }
  if (list.length > most) return broken('too_many', `must have at most ${most} tags`)
  return valid(list)
}
