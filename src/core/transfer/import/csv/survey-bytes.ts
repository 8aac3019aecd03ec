/** Looks at every byte of a file once: is it text, and in which encoding. */
import { isAscii, isUtf8 } from 'node:buffer'
import type { FileHandle } from 'node:fs/promises'
import iconv from 'iconv-lite'
import { type FileForm, FileRefused } from './file-form'
import { guessEncoding } from './guess-encoding'

type EncodingFound = Pick<FileForm, 'encoding' | 'encodingCertain' | 'unreadableBytes' | 'bom'>

/**
 * Finds the encoding of an open file whose first bytes are `head`: by its byte order mark, by the
 * NULs that UTF-16 has in ASCII text, by whether the whole file is strictly UTF-8, and else by a
 * guess from lines anywhere in it that are not ASCII. Throws FileRefused (`binary`) for what is no
 * text.
 */
export async function findEncoding(
  file: FileHandle,
  head: Buffer,
  signal?: AbortSignal,
): Promise<EncodingFound> {
  const mark = byteOrderMark(head)
  if (mark && mark !== 'utf-8') {
    if (iconv.decode(head, mark).includes('\0')) throw binary('it has NUL characters')
    return { encoding: mark, encodingCertain: true, unreadableBytes: 0, bom: true }
  }
  if (!mark && head.includes(0)) {
    const encoding = utf16WithoutMark(head)
    if (!encoding) throw binary(`byte ${head.indexOf(0) + 1} is NUL`)
    return { encoding, encodingCertain: false, unreadableBytes: 0, bom: false }
  }
  if (shareOfControls(head) > 0.02) throw binary('it is full of control characters')

  const survey = await surveyBytes(file, Math.min(CHUNK, head.length), signal)
  const bom = mark === 'utf-8'
  // Text in another encoding is hardly ever UTF-8 by chance: with many valid sequences to each
  // invalid one, the file is UTF-8 with damage.
  if (bom || survey.valid >= survey.invalid * 20) {
    const encodingCertain = bom || survey.invalid === 0
    return { encoding: 'utf-8', encodingCertain, unreadableBytes: survey.invalid, bom }
  }
  return {
    encoding: guessEncoding(survey.sample),
    encodingCertain: false,
    unreadableBytes: 0,
    bom: false,
  }
}

function byteOrderMark(head: Buffer): string | undefined {
  const starts = (...bytes: number[]) => bytes.every((byte, index) => head[index] === byte)
  if (starts(0xef, 0xbb, 0xbf)) return 'utf-8'
  // Before UTF-16LE, whose mark this one begins with.
  if (starts(0xff, 0xfe, 0, 0)) return 'utf-32le'
  if (starts(0, 0, 0xfe, 0xff)) return 'utf-32be'
  if (starts(0xff, 0xfe)) return 'utf-16le'
  if (starts(0xfe, 0xff)) return 'utf-16be'
  return undefined
}

/** Which UTF-16 the head is, if it is: NULs only in one half of the pairs, and text once decoded. */
function utf16WithoutMark(head: Buffer): string | undefined {
  let even = 0
  let odd = 0
  for (let index = head.indexOf(0); index !== -1; index = head.indexOf(0, index + 1)) {
    if (index % 2 === 0) even += 1
    else odd += 1
  }
  if (Math.min(even, odd) > Math.max(even, odd) * 0.02) return undefined
  const encoding = odd > even ? 'utf-16le' : 'utf-16be'
  const pairs = head.subarray(0, head.length - (head.length % 2))
  // The last character may be half of a pair.
  const text = iconv.decode(pairs, encoding).replace(/[\uD800-\uDBFF]$/, '')
  if (!text.isWellFormed() || /[\0\uFFFE\uFFFF]/.test(text)) return undefined
  const ascii = text.match(/[\t\n\r -~]/g)?.length ?? 0
  return ascii >= text.length * 0.05 ? encoding : undefined
}

function shareOfControls(head: Buffer): number {
  let controls = 0
  for (const byte of head) {
    // ESC and SUB (the end mark of CP/M files) do occur in text.
    if (byte < 9 || (byte > 13 && byte < 32 && byte !== 26 && byte !== 27) || byte === 127) {
      controls += 1
    }
  }
  return controls / (head.length || 1)
}

interface ByteSurvey {
  /** Valid and invalid UTF-8 sequences beyond ASCII. */
  valid: number
  invalid: number
  /** Lines that are not ASCII. */
  sample: Buffer
}

async function surveyBytes(
  file: FileHandle,
  chunk: number,
  signal: AbortSignal | undefined,
): Promise<ByteSurvey> {
  const survey = { valid: 0, invalid: 0 }
  const sample = createLineSample(SAMPLE)
  // A sequence may be cut at the end of a chunk: its first bytes move to the front of the next.
  const buffer = Buffer.allocUnsafe(chunk + 3)
  let carried = 0
  for (let position = 0; ; ) {
    const { bytesRead } = await file.read(buffer, carried, chunk, position)
    signal?.throwIfAborted()
    const filled = buffer.subarray(0, carried + bytesRead)
    const nul = filled.indexOf(0)
    if (nul !== -1) throw binary(`byte ${position - carried + nul + 1} is NUL`)
    position += bytesRead
    const whole = filled.subarray(0, bytesRead === 0 ? filled.length : wholeSequences(filled))
    if (!isAscii(whole)) {
      if (isUtf8(whole)) survey.valid += countLeads(whole)
      else countSequences(whole, survey)
    }
    sample.add(whole)
    if (bytesRead === 0) return { ...survey, sample: sample.end() }
    carried = filled.length - whole.length
    buffer.copyWithin(0, whole.length, filled.length)
  }
}

const CHUNK = 262_144
const SAMPLE = 16_384

/** How many bytes there are before a UTF-8 sequence that the end of the buffer cuts. */
function wholeSequences(buffer: Buffer): number {
  for (let back = 1; back <= Math.min(3, buffer.length); back += 1) {
    const byte = buffer[buffer.length - back] ?? 0
    if (byte < 0x80) break
    if (byte < 0xc0) continue
    const length = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2
    return length > back ? buffer.length - back : buffer.length
  }
  return buffer.length
}

function countSequences(buffer: Buffer, survey: { valid: number; invalid: number }): void {
  for (const character of buffer.toString('utf8').match(/[^\p{ASCII}]/gu) ?? []) {
    if (character === '\uFFFD') survey.invalid += 1
    else survey.valid += 1
  }
}

function countLeads(buffer: Buffer): number {
  let leads = 0
  for (const byte of buffer) if (byte >= 0xc0) leads += 1
  return leads
}

/** Collects lines that are not ASCII from chunks of a file, up to `most` bytes of them. */
function createLineSample(most: number) {
  const lines: Buffer[] = []
  let size = 0
  /** The start of the line that the end of the last chunk cut, unless it is ASCII so far. */
  let begun: Buffer = Buffer.alloc(0)
  let isInLongLine = false

  function take(line: Buffer): void {
    if (size >= most || isAscii(line)) return
    lines.push(Buffer.from(line.subarray(0, most - size)))
    size += line.length
  }

  return {
    add(chunk: Buffer): void {
      if (size >= most || (begun.length === 0 && !isInLongLine && isAscii(chunk))) return
      const text = begun.length > 0 ? Buffer.concat([begun, chunk]) : chunk
      // No legacy encoding has CR or LF inside a character.
      let feed = text.indexOf(10)
      let carriageReturn = text.indexOf(13)
      let start = 0
      while (feed !== -1 || carriageReturn !== -1) {
        const isFeed = carriageReturn === -1 || (feed !== -1 && feed < carriageReturn)
        const next = (isFeed ? feed : carriageReturn) + 1
        if (isFeed) feed = text.indexOf(10, next)
        else carriageReturn = text.indexOf(13, next)
        if (!isInLongLine) take(text.subarray(start, next))
        isInLongLine = false
        start = next
      }
      const rest = text.subarray(start)
      if (rest.length > most && !isInLongLine) {
        take(rest)
        isInLongLine = true
      }
      begun = isInLongLine || isAscii(rest) ? Buffer.alloc(0) : Buffer.from(rest)
    },
    end(): Buffer {
      take(begun)
      return Buffer.concat(lines)
    },
  }
}

function binary(detail: string): FileRefused {
  return new FileRefused('binary', `This is not a text file: ${detail}.`)
}
