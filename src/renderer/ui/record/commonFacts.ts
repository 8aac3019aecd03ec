/** Facts that several kinds of record have alike. */
import type { Reference } from '../../../contract/kernel/shapes'
import { type Fact, type FactEditor, isReference } from './facts'

export const textOf = (value: unknown): string | null => (typeof value === 'string' ? value : null)

/** A fact that is one line of text. */
export function textFact<Row, Key extends keyof Row & string>(
  field: Key & (Row[Key] extends string | null ? Key : never),
  label: string,
  type: 'text' | 'email' | 'url' | 'long' = 'text',
): Fact<Row> {
  return {
    field,
    label,
    editor: { type },
    value: (row) => textOf(row[field]),
    apply: (row, value) => ({ ...row, [field]: textOf(value) }),
  }
}

/** A phone number: as it was typed, with a link that dials `number`. */
export function phoneFact<Row, Key extends keyof Row & string>(
  field: Key & (Row[Key] extends string | null ? Key : never),
  label: string,
  number: keyof Row & string,
): Fact<Row> {
  return {
    field,
    label,
    editor: { type: 'phone' },
    dialled: (row) => textOf(row[number]),
    value: (row) => textOf(row[field]),
    apply: (row, value) => ({ ...row, [field]: textOf(value), [number]: null }),
  }
}

/** A fact that is another record; `shown` is where the row holds it, `field` what the update takes. */
export function referenceFact<Row, Key extends keyof Row & string>(
  shown: Key & (Row[Key] extends Reference | null ? Key : never),
  label: string,
  editor: Extract<FactEditor, { type: 'reference' }>,
): Fact<Row> {
  return {
    field: `${shown}Id`,
    label,
    editor,
    value: (row) => row[shown] as Reference | null,
    apply: (row, value) => ({ ...row, [shown]: isReference(value) ? value : null }),
  }
}

export const ownerFact = <Row extends { owner: Reference | null }>(): Fact<Row> => ({
  field: 'ownerId',
  label: 'Owner',
  editor: { type: 'reference', of: 'user' },
  value: ({ owner }) => owner,
  apply: (row, value) => ({ ...row, owner: isReference(value) ? value : null }),
})

export const tagsFact = <Row extends { tags: string[] }>(): Fact<Row> => ({
  field: 'tags',
  label: 'Tags',
  editor: { type: 'tags' },
  value: ({ tags }) => tags,
  apply: (row, value) => ({ ...row, tags: Array.isArray(value) ? value : [] }),
})

export const descriptionFact = <Row extends { description: string | null }>(): Fact<Row> => ({
  field: 'description',
  label: 'Description',
  editor: { type: 'long' },
  value: ({ description }) => description,
  apply: (row, value) => ({ ...row, description: textOf(value) }),
})
