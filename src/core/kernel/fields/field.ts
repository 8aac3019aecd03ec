/** What conditions know of a field: its type says which questions fit it, its SQL where it is stored. */

/** `list` is of several choices, `tags` of words that the workspace keeps one spelling of. */
export type FieldType =
  | 'text'
  | 'id'
  | 'number'
  | 'instant'
  | 'date'
  | 'boolean'
  | 'tags'
  | 'list'
  | 'phone'

/** What a field means, wherever its value is. */
export interface FieldMeaning {
  type: FieldType
  /** How a value is written where it is stored in another form than it is typed. */
  read?(value: string): string
}

export interface Field extends FieldMeaning {
  /** SQL of its value. */
  sql: string
  /** SQL of the day where an instant means a whole day; null where it has a time. */
  day?: string
  /** SQL of a column that holds the folded text already. */
  folded?: string
  /** The list of spellings that has every text of its column. */
  spelled?: string
  /** Of a phone: SQL of the number as it was read. */
  number?: string
  /** Of an id: the kind of record it refers to, whose fields can then be reached: `company.industry`. */
  of?: string
}

/** A text stands for another field by its path: `companyName` for `company.name`. */
export type Fields = Readonly<Record<string, Field | string>>

/** What `custom.key` of a table is; undefined where nobody has said, and it is text. */
export type CustomFields = (table: string, key: string) => Field | undefined
