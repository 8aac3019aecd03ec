/** One of two versions of a field, as a person reads it. */
import { Text } from '@mantine/core'
import { Fragment } from 'react'
import type { Clash } from '../../../contract/kernel/based-on'
import { DateText } from '../../ui/DateText'
import { MoneyText } from '../../ui/MoneyText'
import { repeatText } from '../../ui/when/repeat'
import classes from './ClashDialog.module.css'
import { differencesIn } from './differences'

/** Fields whose text is a word of the program. */
const words =
  /^(priority|type|status|role|direction|outcome|kind|state|security|emailAs|missed)$|(^|\.)onOwnerChange$/

/** Fields of several lines. */
const long = /^(description|notes|body|signature)$/

/** Whether two versions can be made into one by hand. */
export const isText = ({ field, yours, current }: Clash): boolean =>
  typeof yours === 'string' &&
  typeof current === 'string' &&
  (long.test(field) || (field.startsWith('custom.') && /\n/.test(yours + current)))

interface ClashValueProps {
  clash: Clash
  value: unknown
  other: unknown
}

export function ClashValue({ clash, value, other }: ClashValueProps) {
  return (
    <div className={classes.value}>
      {isNothing(value) ? (
        <Text span inherit c="dimmed">
          Empty
        </Text>
      ) : (
        <Shown clash={clash} value={value} other={other} />
      )}
    </div>
  )
}

function Shown({ clash, value, other }: ClashValueProps) {
  const { field, names } = clash
  if (typeof value === 'boolean') return value ? 'Yes' : 'No'
  if (typeof value === 'number') return <span className="tabular">{value.toLocaleString()}</span>
  if (typeof value === 'string') {
    const name = names[value]
    if (name !== undefined) return name
    if (field === 'html') return plainText(value)
    if (field === 'recurrence') return capital(repeatText(value))
    if (/At$/.test(field)) return <DateText value={value} format="moment" />
    if (/Date$|^validUntil$/.test(field)) return <DateText value={value} format="short" />
    if (words.test(field)) return capital(wordsOf(value))
    return <Marked text={value} other={typeof other === 'string' ? other : ''} />
  }
  if (isMoney(value)) return <MoneyText value={value} />
  const lines = linesOf(value)
  return (
    <ol className={classes.list}>
      {lines.map((line, index) => (
        <li key={`${String(index)} ${line}`}>{line}</li>
      ))}
    </ol>
  )
}

function Marked({ text, other }: { text: string; other: string }) {
  const pieces = differencesIn(text, other)
  let start = 0
  return pieces.map((piece) => {
    const key = start
    start += piece.text.length
    return piece.own ? (
      <mark key={key}>{piece.text}</mark>
    ) : (
      <Fragment key={key}>{piece.text}</Fragment>
    )
  })
}

const weekdays = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun']

/** Lists and objects, a line for each part: steps of a cadence, lines of a quote, hours, tags. */
function linesOf(value: unknown): string[] {
  if (Array.isArray(value)) {
    if (value.length === 7 && value.every(Array.isArray))
      return value.map(
        (spans, day) => `${weekdays[day]}: ${spans.map(partText).join(', ') || 'off'}`,
      )
    return value.map(partText)
  }
  if (isRecord(value))
    return Object.entries(value).map(
      ([name, part]) => `${capital(wordsOf(name))}: ${partText(part)}`,
    )
  return [String(value)]
}

function partText(part: unknown): string {
  if (Array.isArray(part)) return part.map(partText).join(', ')
  if (!isRecord(part)) return isNothing(part) ? 'empty' : String(part)
  const { type, subject, body, delay, delayUnit, description, quantity, unitPrice, from, to } = part
  if (from !== undefined && to !== undefined) return `${String(from)}–${String(to)}`
  if (unitPrice !== undefined)
    return `${String(quantity)} × ${String(description)}, ${String(unitPrice)} each`
  if (delay !== undefined) {
    const wait = delay === 0 ? '' : `, after ${String(delay)} ${wordsOf(String(delayUnit))}`
    const text = [subject, body].filter((one) => !isNothing(one)).join(' – ')
    return `${capital(wordsOf(String(type)))}${wait}${text ? `: ${text}` : ''}`
  }
  return Object.entries(part)
    .filter(([, inner]) => !isNothing(inner))
    .map(([name, inner]) => `${wordsOf(name)} ${partText(inner)}`)
    .join(', ')
}

/** `workingTimeOnly` and `business_days` as words. */
const wordsOf = (name: string) =>
  name
    .replaceAll('_', ' ')
    .replace(/^email\b/, 'e-mail')
    .replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`)

/** What a formatted text says. */
function plainText(html: string): string {
  const page = new DOMParser().parseFromString(
    html.replace(/<(br|\/p|\/li|\/h\d)/gi, '\n<$1'),
    'text/html',
  )
  return (page.body.textContent ?? '').trim()
}

const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1)

const isNothing = (value: unknown) =>
  value === null ||
  value === undefined ||
  value === '' ||
  (Array.isArray(value) && value.length === 0)

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const isMoney = (value: unknown): value is { amount: string; currency: string } =>
  isRecord(value) && typeof value.amount === 'string' && typeof value.currency === 'string'
