/** Bytes of a calendar file → its text, whatever encoding some program chose for it. */
import { isUtf8 } from 'node:buffer'
import iconv from 'iconv-lite'
import { unsupportedFile } from '../../kernel/errors'

/** No calendar of a person is larger; more would only stall everybody else. */
export const mostBytes = 10 * 1024 * 1024

/** @throws invalid (file) where it is no text, no calendar, or too large */
export function decodeCalendar(bytes: Uint8Array): string {
  if (bytes.length > mostBytes)
    throw unsupportedFile(
      `The file is too large: a calendar of at most ${mostBytes / 1024 / 1024} MB can be imported at once.`,
    )
  return requireCalendar(textOf(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)))
}

/** @throws invalid (file) where it is no calendar */
export function requireCalendar(text: string): string {
  if (!/^[\s\uFEFF]*BEGIN:/i.test(text.slice(0, 10_000)))
    throw unsupportedFile('This is no calendar file: it should begin with BEGIN:VCALENDAR.')
  return text.replace(/^\uFEFF/, '')
}

function textOf(bytes: Buffer): string {
  const [first, second, third, fourth] = bytes
  if (first === 0xff && second === 0xfe) return iconv.decode(bytes, 'utf16le')
  if (first === 0xfe && second === 0xff) return iconv.decode(bytes, 'utf16be')
  // Without a mark: every other byte of ASCII letters is nothing.
  if (second === 0 && fourth === 0 && first !== 0) return iconv.decode(bytes, 'utf16le')
  if (first === 0 && third === 0 && second !== 0) return iconv.decode(bytes, 'utf16be')
  return isUtf8(bytes) ? bytes.toString('utf8') : iconv.decode(bytes, 'windows-1252')
}
