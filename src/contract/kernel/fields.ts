/**
 * Fields are declared once: what each field of a kind of record is. How it is stored is declared beside its table
 * under the same names (`columns.ts` of the area), and what is made of both follows from them: what doors
 * take and answer (`field-shapes.ts`), conditions, sorts, import, export and history. Screens read them
 * through `renderer/ui/fields.ts`: filters, columns of lists, facts, and what can be changed for many
 * records at once, each in the order declared here.
 */

export type FieldKind =
  | 'text'
  | 'longText'
  | 'email'
  | 'phone'
  | 'url'
  | 'number'
  | 'percent'
  | 'money'
  | 'date'
  | 'instant'
  | 'choice'
  | 'choices'
  | 'boolean'
  | 'person'
  | 'reference'
  | 'tags'

export interface FieldTraits {
  /** As screens call it. */
  label: string
  /** Whether lists can be sorted by it. */
  sorts?: true
  /** Whether every record has one. Whoever makes a record must give it, unless it has a default. */
  required?: true
  /** Of a required one: filled in where it is not given. */
  default?: true
  /** Not written at the doors: it follows from what is done with the record, or comes with an import. */
  readonly?: true
  /** Shown as a part of this other field, and entered with it: the currency of a value. */
  partOf?: string
  /** Found by the text search. */
  searched?: true
  /** Can be put into texts to people: as it is called there where that is not its label. */
  placeholder?: true | string
  /** Can be changed for many records at once. */
  bulk?: true
  /** For files and scripts: no screen shows it. */
  offScreen?: true
  /** The most characters of a text, or the largest number. */
  max?: number
}

export interface FieldDefinition extends FieldTraits {
  kind: FieldKind
  /** Of a choice or choices: the values there are, where they are fixed. */
  choices?: readonly string[]
  /** Of a reference or person: the kind of record it refers to. */
  of?: string
}
export type FieldDefinitions = Readonly<Record<string, FieldDefinition>>

const ofKind =
  <Kind extends FieldKind>(kind: Kind) =>
  <const Traits extends FieldTraits>(traits: Traits) => ({ ...traits, kind })

export const text = ofKind('text')
export const longText = ofKind('longText')
export const email = ofKind('email')
export const phone = ofKind('phone')
export const url = ofKind('url')
export const number = ofKind('number')
/** A whole number from 0 to 100. */
export const percent = ofKind('percent')
/** An amount with its currency; compared by the amount. */
export const money = ofKind('money')
/** A calendar day. */
export const date = ofKind('date')
export const instant = ofKind('instant')
export const tags = ofKind('tags')

export const choice = <const Choice extends string, const Traits extends FieldTraits>(
  choices: readonly Choice[],
  traits: Traits,
) => ({ ...traits, kind: 'choice' as const, choices })

export const reference = <const Traits extends FieldTraits>(of: string, traits: Traits) => ({
  ...traits,
  kind: 'reference' as const,
  of,
})

/** Somebody who uses the program. */
export const person = <const Traits extends FieldTraits>(traits: Traits) => ({
  ...traits,
  kind: 'person' as const,
  of: 'user',
})

export const fieldsOf = <const Definitions extends FieldDefinitions>(definitions: Definitions) =>
  definitions

/** The names of the fields that lists can be sorted by. */
export type SortName<Definitions extends FieldDefinitions> = {
  [Name in keyof Definitions]: Definitions[Name] extends { sorts: true } ? Name : never
}[keyof Definitions] &
  string
