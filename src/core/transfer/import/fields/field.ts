/** What is said of a field that a file may hold, and what a row holds of such fields. */
import type { CustomValues } from '../../../../contract/kernel/custom-fields'
import type { MoneyValue } from '../values/parse-values'

/** Field type → what a cell becomes. */
export interface ValueOfType {
  /** One line of text. */
  line: string
  /** Text with line breaks. */
  text: string
  email: string
  phone: string
  website: { url: string; domain: string }
  /** A page about a person, or the name it has there. */
  profile: string
  integer: number
  /** With decimals. */
  number: number
  probability: number
  /** Minor units are those of the currency in the cell, else of the row's. */
  money: MoneyValue
  currency: string
  /** ISO date. */
  date: string
  /** Epoch milliseconds. */
  instant: number
  boolean: boolean
  tags: string[]
  zone: string
  /** One of the field's own words. */
  choice: string
  /** Lower-case name with underscores. */
  word: string
  json: Record<string, unknown>
}
export type FieldType = keyof ValueOfType

export interface FieldDefinition {
  name: string
  label: string
  type: FieldType
  required?: boolean
  /** Takes part in finding duplicates. */
  key?: boolean
  /** The field that a yes or no in this column of dates is the value of. */
  yesNo?: string
  hint?: string
  /** Proposed for files of our own only. */
  isOwnOnly?: true
  /** UTF-16 units; 255 by default. */
  maxLength?: number
  min?: number
  max?: number
  /** Word → how files spell it, in small letters. */
  choices?: Readonly<Record<string, readonly string[]>>
  /** Names of columns, normalised as by `normaliseName`; the label and name need not be repeated. */
  synonyms: readonly string[]
  /** How much a column of this name says about the kind of the file; 1 by default. */
  weight?: number
}

/** What a row holds, by field; a blank cell leaves its field out. */
export type ValuesOf<Fields extends readonly FieldDefinition[]> = {
  [F in Fields[number] as F['name']]?: ValueOfType[F['type']]
} & { custom?: CustomValues }

/** The names of columns, or words, between bars. */
export const words = (text: string): readonly string[] =>
  text
    .split('|')
    .map((word) => word.trim())
    .filter((word) => word !== '')
/** Keeps the names and types of fields known to the compiler. */
export const fieldsOf = <const Fields extends readonly FieldDefinition[]>(fields: Fields): Fields =>
  fields
