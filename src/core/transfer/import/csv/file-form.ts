/** What is known of a CSV file before its records are read: how its bytes become cells. */

export type Quote = '"' | "'"
export type LineEnding = '\r\n' | '\n' | '\r'

/** What cuts text into records and cells. */
export interface RecordShape {
  /** The character between two cells; null where a record has only one cell. */
  delimiter: string | null
  quote: Quote
  /** How a quote is written inside a quoted cell: twice (RFC 4180), or after a backslash. */
  quoteEscape: 'doubled' | 'backslash'
}

export interface FileForm extends RecordShape {
  /** As iconv-lite names it: `utf-8`, `utf-16le`, `windows-1252`… */
  encoding: string
  /** False where the encoding is a guess, because bytes alone cannot tell. */
  encodingCertain: boolean
  /** Byte sequences that mean nothing in the encoding and will be read as U+FFFD. */
  unreadableBytes: number
  bom: boolean
  /** The first line is Excel's `sep=;`, not data. */
  separatorLine: boolean
  lineEnding: LineEnding
  /** The physical line of the first record, from 1: the header if there is one. Lines before it are no data. */
  headerLine: number
  /** Where `unsure`, the first record is read as the header. */
  header: 'present' | 'missing' | 'unsure'
  headerReason: string
  /** Names of the columns: never empty, never twice. `Column 1`… where there is no header. */
  columns: string[]
  /** The first record as it is in the file, be it the header or data; empty if there is none. */
  firstRecord: string[]
  /** The first 20 data records. */
  sampleRows: string[][]
  /** The physical lines the file begins with, each cut to what one screen line shows. */
  firstLines: string[]
  /** Size of the file. */
  bytes: number
}

/** Why a file cannot be read as CSV. */
export type RefusalReason =
  | 'not_found'
  | 'unreadable'
  | 'empty'
  | 'excel_workbook'
  | 'old_excel_workbook'
  | 'other_spreadsheet'
  | 'pdf'
  | 'markup'
  | 'binary'
  | 'unknown_encoding'

/** Thrown by `detectFile` for what is not a CSV file; the message says what it is and what to do. */
export class FileRefused extends Error {
  readonly reason: RefusalReason

  constructor(reason: RefusalReason, message: string) {
    super(message)
    this.name = 'FileRefused'
    this.reason = reason
  }
}

/** How many bytes the byte order mark takes at the start of the file. */
export function byteOrderMarkLength(form: Pick<FileForm, 'bom' | 'encoding'>): number {
  if (!form.bom) return 0
  if (form.encoding.startsWith('utf-32')) return 4
  return form.encoding.startsWith('utf-16') ? 2 : 3
}
