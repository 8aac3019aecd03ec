/** Looks at a file on disk and says how to read it as CSV, or why that cannot be. */
import { type FileHandle, open } from 'node:fs/promises'
import iconv from 'iconv-lite'
import { byteOrderMarkLength, type FileForm, FileRefused, type RecordShape } from './file-form'
import { judgeHeader, nameColumns, withoutTrailingEmpty } from './name-columns'
import { MAX_RECORD_LENGTH, type ReadForm, readRecords } from './read-records'
import { createRecordScanner, type ScannedRecord } from './scan-records'
import { findEncoding } from './survey-bytes'

/** What a person knows better than the file shows. */
export interface DetectOptions {
  /** Any name iconv-lite understands. */
  encoding?: string
  delimiter?: string
  hasHeader?: boolean
  /** The physical line that names the columns, or with `hasHeader: false` the first one of data. */
  headerLine?: number
  /** Rejects with its reason. */
  signal?: AbortSignal
}

/**
 * Finds encoding, delimiter, quoting and header of the file and takes a sample of it. Reads the
 * whole file once, in bounded memory, because one byte at its end can decide the encoding.
 *
 * Throws FileRefused for what is not CSV: an empty file, a workbook, a PDF, a web page, other
 * binary data, a file that cannot be opened.
 */
export async function detectFile(path: string, options: DetectOptions = {}): Promise<FileForm> {
  const file = await openToRead(path)
  try {
    const { size } = await file.stat()
    const head = await readAt(file, 0, Math.min(HEAD, size))
    const tailSize = Math.min(TAIL, size)
    refuseKnownFormats(head, await readAt(file, size - tailSize, tailSize))
    const found = options.encoding
      ? chosenEncoding(options.encoding, head)
      : await findEncoding(file, head, options.signal)

    const isWhole = head.length >= size
    const text = decode(head.subarray(byteOrderMarkLength(found)), found.encoding, isWhole)
    if (/^\s*(<(!doctype|html|\?xml|table|head|body|script|svg)\b|\{\\rtf)/i.test(text)) {
      throw new FileRefused(
        'markup',
        'This is a web page or another marked-up document, not a CSV file. It may be a sign-in or error page saved in place of the file.',
      )
    }
    if (text.trim() === '' && isWhole) throw empty()

    const separator = /^sep=(.)(\r|\n|$)/i.exec(text)?.[1]
    const start = findStart(text, isWhole, separator, options)
    const { layout, records } = start
    const first = records[0]?.values ?? []
    const rows = records.slice(1, JUDGED_RECORDS).map((record) => record.values)
    const judgement =
      options.hasHeader === undefined && options.headerLine === undefined
        ? judgeHeader(first, rows)
        : { header: presence(options.hasHeader ?? true), headerReason: 'chosen' }
    const hasHeader = judgement.header !== 'missing'
    const width = findWidth(first, hasHeader ? rows : [first, ...rows], hasHeader)
    const form = {
      ...found,
      ...layout.shape,
      ...judgement,
      separatorLine: separator !== undefined,
      lineEnding: layout.lineEnding,
      headerLine: start.line,
      columns: nameColumns(hasHeader ? first : [], width),
      bytes: size,
    }
    const firstLines = linesOf(text, SHOWN_LINES).map((line) => line.slice(0, SHOWN_LENGTH))
    return { ...form, firstLines, ...(await takeSample(path, form, options.signal)) }
  } catch (error) {
    if (isFileSystemError(error)) throw unreadable(error)
    throw error
  } finally {
    await file.close()
  }
}

const HEAD = 524_288
const TAIL = 66_000
const JUDGED_RECORDS = 200
const PIECE = 32_768
const SAMPLE_ROWS = 20
const SHOWN_LINES = 40
const SHOWN_LENGTH = 120
/** How far down the header is looked for. */
const PREAMBLE_LINES = 25

async function openToRead(path: string): Promise<FileHandle> {
  try {
    return await open(path, 'r')
  } catch (error) {
    if (isFileSystemError(error) && error.code === 'ENOENT') {
      throw new FileRefused('not_found', 'There is no such file.')
    }
    throw isFileSystemError(error) ? unreadable(error) : error
  }
}

async function readAt(file: FileHandle, position: number, length: number): Promise<Buffer> {
  const buffer = Buffer.alloc(length)
  let filled = 0
  for (;;) {
    const { bytesRead } = await file.read(buffer, filled, length - filled, position + filled)
    filled += bytesRead
    if (bytesRead === 0 || filled >= length) return buffer.subarray(0, filled)
  }
}

/**
 * Not file-type: it takes a CSV file that begins with BMW, MZ or ID3 for a picture, a program or a song,
 * calls workbooks ZIP archives where their content types are unusual, and adds 148 kB to the core's thread.
 */
function refuseKnownFormats(head: Buffer, tail: Buffer): void {
  if (head.length === 0) throw empty()
  const signature = head.toString('latin1', 0, 8)
  if (signature.startsWith('PK\x03\x04') || signature.startsWith('PK\x05\x06')) {
    const names = zipEntryNames(head, tail)
    if (names.some((name) => name.startsWith('xl/'))) {
      throw new FileRefused(
        'excel_workbook',
        'This is an Excel workbook, whatever its name says. Open it in Excel and save it as "CSV UTF-8".',
      )
    }
    if (head.includes('application/vnd.oasis.opendocument.spreadsheet')) {
      throw new FileRefused(
        'other_spreadsheet',
        'This is an OpenDocument spreadsheet. Open it and save it as CSV.',
      )
    }
    throw new FileRefused('binary', 'This is a ZIP archive, not a CSV file.')
  }
  if (signature === '\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1') {
    throw new FileRefused(
      'old_excel_workbook',
      'This is an Excel workbook of the old kind (.xls), or one with a password. Open it in Excel and save it as "CSV UTF-8".',
    )
  }
  if (head.subarray(0, 1024).includes('%PDF-') && head.includes(' obj')) {
    throw new FileRefused('pdf', 'This is a PDF document, not a CSV file.')
  }
}

/** The names in the local headers of the head and in the central directory in the tail. */
function zipEntryNames(head: Buffer, tail: Buffer): string[] {
  const namesAt = (bytes: Buffer, signature: string, lengthAt: number, nameAt: number) => {
    const names: string[] = []
    for (let at = bytes.indexOf(signature); at !== -1; at = bytes.indexOf(signature, at + 4)) {
      if (at + nameAt > bytes.length) break
      const length = bytes.readUInt16LE(at + lengthAt)
      names.push(bytes.toString('latin1', at + nameAt, at + nameAt + length))
    }
    return names
  }
  return [...namesAt(head, 'PK\x03\x04', 26, 30), ...namesAt(tail, 'PK\x01\x02', 28, 46)]
}

function chosenEncoding(encoding: string, head: Buffer) {
  if (!iconv.encodingExists(encoding)) {
    throw new FileRefused('unknown_encoding', `"${encoding}" is not an encoding known here.`)
  }
  const bom = iconv.decode(head.subarray(0, 4), encoding, { stripBOM: false }).startsWith('\uFEFF')
  return { encoding, encodingCertain: true, unreadableBytes: 0, bom }
}

function decode(bytes: Buffer, encoding: string, isWhole: boolean): string {
  const decoder = iconv.getDecoder(encoding, { stripBOM: false })
  const text = decoder.write(bytes)
  return isWhole ? text + (decoder.end() ?? '') : text
}

interface Start {
  /** The physical line of the first record. */
  line: number
  layout: Layout
  /** From the first one on. */
  records: ScannedRecord[]
}

/** Where the table begins: many programs write a title, a date or a notice above it. */
function findStart(
  text: string,
  isWhole: boolean,
  separator: string | undefined,
  { delimiter, headerLine, hasHeader }: DetectOptions,
): Start {
  const cutter = delimiter ?? separator
  const startAt = (line: number): Start => {
    const layout = findLayout(withoutLines(text, line - 1), isWhole, cutter)
    return { line, layout, records: layout.records }
  }
  if (headerLine !== undefined) return startAt(headerLine)
  const whole = startAt(1)
  const records = whole.records.slice(separator === undefined ? 0 : 1)
  const usual = { ...whole, records, line: records[0]?.line ?? 1 }
  if (hasHeader === false || separator !== undefined) return usual
  if (beginsTable(whole.layout)) return usual
  // A header with ragged rows below it is a header all the same.
  const cells = records.map((record) => record.values)
  if (whole.layout.columns > 1 && whole.layout.firstAgrees && !isPreamble(records[0])) {
    if (judgeHeader(cells[0] ?? [], cells.slice(1)).header === 'present') return usual
  }
  const lines = linesOf(text, PREAMBLE_LINES)
  for (let line = 2; line <= lines.length; line += 1) {
    if (!/[,;\t|]/.test(lines[line - 1] ?? '') && delimiter === undefined) continue
    const { layout } = startAt(line)
    const [first, ...rest] = layout.records
    if (!first || rest.length === 0 || isPreamble(first) || !beginsTable(layout)) continue
    const rows = rest.map((record) => record.values)
    const { header } = judgeHeader(first.values, rows)
    const needed = layout.columns < 3 ? header === 'present' : header !== 'missing'
    if (needed) return { line: line - 1 + first.line, layout, records: layout.records }
  }
  return usual
}

/** Whether the first record has the cells that nearly all have, and most of them filled. */
function beginsTable({ columns, share, firstAgrees, records }: Layout): boolean {
  const [first] = records
  return first !== undefined && columns > 1 && firstAgrees && share >= 0.8 && !isPreamble(first)
}

/** A line above the table, filled up with delimiters to its width as spreadsheets do. */
function isPreamble(record: ScannedRecord | undefined): boolean {
  const cells = record?.values ?? []
  const filled = cells.filter((cell) => cell.trim() !== '').length
  return cells.length > 2 && filled <= cells.length / 2
}

const linesOf = (text: string, most: number): string[] =>
  text.split(/\r\n|\n|\r/, most).filter((line, at, all) => line !== '' || at < all.length - 1)

function withoutLines(text: string, lines: number): string {
  const lineEnd = /\r\n|\n|\r/g
  for (let left = lines; left > 0; left -= 1) if (!lineEnd.exec(text)) return ''
  return text.slice(lineEnd.lastIndex)
}

interface Layout {
  shape: RecordShape
  lineEnding: FileForm['lineEnding']
  records: ScannedRecord[]
  /** The number of cells most records have. */
  columns: number
  /** The share of records that have it. */
  share: number
  firstAgrees: boolean
}

interface Assessment extends Layout {
  /** The share of records with a fault or with quotes in the wrong place. */
  troubled: number
}

/** The delimiter and quoting with which the first records come out most alike. */
function findLayout(text: string, isWhole: boolean, delimiter: string | undefined): Layout {
  const considered = delimiter === undefined ? delimiters : [delimiter]
  const assessAll = (quote: RecordShape['quote'], quoteEscape: RecordShape['quoteEscape']) =>
    considered.map((each) => assess(text, isWhole, { delimiter: each, quote, quoteEscape }))
  const all = assessAll('"', 'doubled')
  if (isWhole && all.some((each) => each.records.length === 0)) throw empty()
  const usual =
    chooseDelimiter(text, all) ??
    assess(text, isWhole, { delimiter: delimiter ?? null, quote: '"', quoteEscape: 'doubled' })
  if (text.includes('\\"')) {
    const other = chooseDelimiter(text, assessAll('"', 'backslash'))
    if (other && score(other) > score(usual)) return other
  }
  if (!text.includes('"') && /(^|[\n\r,;\t|])'/.test(text)) {
    const other = chooseDelimiter(text, assessAll("'", 'doubled'))
    const cells = usual.records.flatMap((record) => record.values).filter((cell) => cell !== '')
    const quoted = cells.filter((cell) => cell.startsWith("'")).length
    if (other && quoted >= cells.length * 0.3 && score(other) >= score(usual)) return other
  }
  return usual
}

/** Where all else is equal, the first is taken. */
const delimiters = [',', ';', '\t', '|']

function assess(text: string, isWhole: boolean, shape: RecordShape): Assessment {
  const scanner = createRecordScanner({ ...shape, maxRecordLength: MAX_RECORD_LENGTH })
  const records: ScannedRecord[] = []
  let scanned = 0
  for (; scanned < text.length && records.length < JUDGED_RECORDS; scanned += PIECE) {
    records.push(...scanner.scan(text.slice(scanned, scanned + PIECE)))
  }
  if (isWhole && scanned >= text.length) records.push(...scanner.end())
  const judged = records.slice(0, JUDGED_RECORDS)
  const counts = judged.map((record) => record.values.length)
  const columns = mostFrequent(counts)
  const endings = Object.entries(scanner.lineEndings()) as [FileForm['lineEnding'], number][]
  const troubled = judged.filter((record) => record.fault || record.strayQuote).length
  return {
    shape,
    records: judged,
    lineEnding: endings.reduce((most, each) => (each[1] > most[1] ? each : most))[0],
    columns,
    share: counts.filter((count) => count === columns).length / (counts.length || 1),
    firstAgrees: counts[0] === columns,
    troubled: troubled / (judged.length || 1),
  }
}

/** The assessment to trust, or undefined where no delimiter makes columns. */
function chooseDelimiter(text: string, all: Assessment[]): Assessment | undefined {
  const several = all.filter((each) => each.columns > 1)
  // A first record that agrees with the rest speaks louder than how many of the rest agree.
  const agreeing = several.filter((each) => each.firstAgrees && each.share >= 0.2)
  const eligible = agreeing.length > 0 ? agreeing : several.filter((each) => each.share >= 0.5)
  const best = Math.max(...eligible.map(score))
  const isDecimal = isDecimalComma(text)
  const rank = (each: Assessment) => (isDecimal && each.shape.delimiter === ',' ? 1 : 0)
  const [chosen] = eligible
    .filter((each) => score(each) >= best - 0.1)
    .sort(
      (one, two) => rank(one) - rank(two) || two.columns - one.columns || score(two) - score(one),
    )
  return chosen ?? byHeaderAlone(all)
}

/** Where quotes are in the middle of cells, the delimiter cuts through quoted ones. */
function score(assessment: Assessment): number {
  return assessment.share - assessment.troubled
}

/** Ragged throughout: the delimiter that cuts the header most and nearly every record at all. */
function byHeaderAlone(all: Assessment[]): Assessment | undefined {
  const width = (each: Assessment) => each.records[0]?.values.length ?? 0
  const [widest] = all
    .filter((each) => {
      const cut = each.records.filter((record) => record.values.length > 1).length
      return width(each) > 1 && cut >= each.records.length * 0.8
    })
    .sort((one, two) => width(two) - width(one))
  return widest
}

/** Whether nearly all commas are between digits, as in `1,5;2,5`. */
function isDecimalComma(text: string): boolean {
  const start = text.slice(0, 65_536)
  const commas = start.match(/,/g)?.length ?? 0
  const between = start.match(/\d,(?=\d)/g)?.length ?? 0
  return commas > 0 && between >= commas * 0.9
}

/** How many columns there are, without such at the end as have neither a name nor a value. */
function findWidth(first: string[], rows: string[][], hasHeader: boolean): number {
  const header = hasHeader ? withoutTrailingEmpty(first).length : 0
  const usual = mostFrequent(rows.map((row) => row.length))
  const filled = rows
    .filter((row) => row.length === usual)
    .reduce((most, row) => Math.max(most, withoutTrailingEmpty(row).length), 0)
  return Math.max(1, header, filled)
}

function mostFrequent(counts: number[]): number {
  const times = new Map<number, number>()
  for (const count of counts) times.set(count, (times.get(count) ?? 0) + 1)
  let best = 0
  for (const [count, frequency] of times) {
    const record = times.get(best) ?? 0
    if (frequency > record || (frequency === record && count > best)) best = count
  }
  return best
}

async function takeSample(
  path: string,
  form: ReadForm,
  signal: AbortSignal | undefined,
): Promise<Pick<FileForm, 'firstRecord' | 'sampleRows'>> {
  const taken: string[][] = []
  const wanted = SAMPLE_ROWS + (form.header === 'missing' ? 0 : 1)
  const options = signal ? { signal } : {}
  for await (const record of readRecords(path, { ...form, header: 'missing' }, options)) {
    taken.push(record.values)
    if (taken.length === wanted) break
  }
  const firstRecord = taken[0]
  if (!firstRecord) throw empty()
  return {
    firstRecord,
    sampleRows: form.header === 'missing' ? taken : taken.slice(1),
  }
}

function presence(hasHeader: boolean): FileForm['header'] {
  return hasHeader ? 'present' : 'missing'
}

function empty(): FileRefused {
  return new FileRefused('empty', 'The file is empty.')
}

function unreadable(error: NodeJS.ErrnoException): FileRefused {
  const detail = error.code === 'EISDIR' ? 'it is a folder' : (error.code ?? error.message)
  return new FileRefused('unreadable', `The file cannot be read: ${detail}.`)
}

function isFileSystemError(error: unknown): error is NodeJS.ErrnoException {
  return error instanceof Error && 'syscall' in error
}
