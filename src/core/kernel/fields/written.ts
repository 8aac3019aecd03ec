/** Fields as they are entered, put into the columns that hold them. */
import { isEntered } from '../../../contract/kernel/field-shapes'
import type { FieldDefinitions } from '../../../contract/kernel/fields'
import { minorFromAmount } from '../../../contract/kernel/money'
import type { Money } from '../../../contract/kernel/shapes'
import { fromInstant } from '../database/rows'
import { invalid } from '../errors'

type NamesOfKind<Definitions extends FieldDefinitions, Kind extends string> = {
  [Name in keyof Definitions & string]: Definitions[Name] extends { kind: Kind }
    ? Definitions[Name] extends { readonly: true }
      ? never
      : Name
    : never
}[keyof Definitions & string]

/** Money is stored in minor units beside its currency, an instant in milliseconds; the rest as it is. */
export type Written<Definitions extends FieldDefinitions, Input> = Omit<
  Input,
  NamesOfKind<Definitions, 'money' | 'instant'>
> & {
  [Name in NamesOfKind<Definitions, 'money'> as `${Name}Minor`]?: number | null
} & { [Name in NamesOfKind<Definitions, 'instant'>]?: number | null } & { currency?: string }

/** Makes what puts fields into columns. What is undefined stays out. */
export function writtenOf<const Definitions extends FieldDefinitions>(definitions: Definitions) {
  const namesOf = (kind: string) =>
    Object.entries(definitions)
      .filter(([, definition]) => definition.kind === kind && isEntered(definition))
      .map(([name]) => name)
  const amounts = namesOf('money')
  const instants = namesOf('instant')

  /** @throws invalid for an amount below zero, or with more decimals than its currency has */
  return <Input extends object>(input: Input): Written<Definitions, Input> => {
    const written = { ...input } as Record<string, unknown>
    for (const name of amounts) {
      const value = written[name] as Money | null | undefined
      delete written[name]
      if (value !== undefined) Object.assign(written, amountColumns(name, value))
    }
    for (const name of instants)
      if (typeof written[name] === 'string') written[name] = fromInstant(written[name])
    return written as Written<Definitions, Input>
  }
}

function amountColumns(name: string, value: Money | null) {
  if (value === null) return { [`${name}Minor`]: null }
  const minor = minorFromAmount(value.amount, value.currency)
  if (minor === undefined)
    throw invalid(`${name}.amount`, `has more decimals than ${value.currency} allows`)
  if (minor < 0) throw invalid(`${name}.amount`, 'must not be negative')
  return { [`${name}Minor`]: minor, currency: value.currency }
}
