/** The signature beneath an e-mail that is written by hand. */
import { htmlOfText } from './formatted'

export interface Signed {
  body: string
  html: string | null
}

const textOf = (html: string) =>
  html
    .replaceAll(/<br\s*\/?>|<\/(?:p|div|li|h[1-6]|td)>/gi, '\n')
    .replaceAll(/<[^>]*>/g, '')
    .replaceAll('&nbsp;', ' ')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&')

/** Lines that say something, one beneath the other. */
const linesOf = (text: string): string =>
  text
    .split('\n')
    .map((line) => line.replaceAll(/\s+/g, ' ').trim())
    .filter((line) => line !== '')
    .join('\n')
const writtenIn = ({ body, html }: Signed): string => linesOf(html === null ? body : textOf(html))

/** Whether it has the signature as lines of its own, or will once its placeholders are filled in. */
function isSigned(text: Signed, signature: string): boolean {
  if (/\{\{[^}]*\buser\.signature\b/.test(text.html ?? text.body)) return true
  return `\n${writtenIn(text)}\n`.includes(`\n${linesOf(signature)}\n`)
}

/** The text with the signature beneath it, once. */
export function withSignature<Text extends Signed>(text: Text, signature: string | null): Text {
  const lines = signature?.trim()
  if (!lines || isSigned(text, lines)) return text
  return text.html === null
    ? { ...text, body: `${text.body.trimEnd()}\n\n${lines}` }
    : { ...text, html: `${text.html}${htmlOfText(lines)}` }
}

/** Whether nothing is written but the signature. */
export function isUnwritten(text: Signed, signature: string | null): boolean {
  const written = writtenIn(text)
  return written === '' || written === linesOf(signature ?? '')
}
