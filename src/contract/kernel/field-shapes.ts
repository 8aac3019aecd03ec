/** What doors take and answer of the fields of a record, by their kinds. */
import * as z from 'zod'
import type { FieldDefinition, FieldDefinitions, FieldKind } from './fields'
import {
  Email,
  EnteredDate,
  EnteredInstant,
  EnteredMoney,
  Id,
  Instant,
  Lines,
  LongText,
  line,
  lineOrEmpty,
  Money,
  Reference,
  Tags,
  WebAddress,
} from './shapes'

interface EnteredKinds {
  text: z.ZodString
  longText: z.ZodString
  email: typeof Email
  phone: z.ZodString
  url: typeof WebAddress
  number: z.ZodNumber
  percent: z.ZodNumber
  money: typeof EnteredMoney
  date: typeof EnteredDate
  instant: typeof EnteredInstant
  choice: z.ZodString
  choices: z.ZodArray<z.ZodString>
  boolean: z.ZodBoolean
  person: typeof Id
  reference: typeof Id
  tags: typeof Tags
}
interface ShownKinds
  extends Omit<EnteredKinds, 'url' | 'money' | 'instant' | 'person' | 'reference'> {
  url: z.ZodString
  money: typeof Money
  instant: typeof Instant
  person: typeof Reference
  reference: typeof Reference
}

type OfKind<
  Kinds extends Record<FieldKind, z.ZodType>,
  Definition extends FieldDefinition,
> = Definition extends { kind: 'choice'; choices: readonly (infer Choice extends string)[] }
  ? z.ZodEnum<{ [Value in Choice]: Value }>
  : Kinds[Definition['kind']]
/** A field that not every record has one of is null where there is none; lists are empty. */
type OrNull<Definition extends FieldDefinition, Shape extends z.ZodType> = Definition extends
  | { required: true }
  | { kind: 'tags' }
  ? Shape
  : z.ZodNullable<Shape>
type EnteredName<Name, Definition extends FieldDefinition> = Definition extends {
  kind: 'person' | 'reference'
}
  ? `${Name & string}Id`
  : Name

/** By its name in the registry, a reference as `companyId`: what may be written, to be made partial or required. */
export type EnteredShape<Definitions extends FieldDefinitions> = {
  [Name in keyof Definitions as Definitions[Name] extends { readonly: true } | { partOf: string }
    ? never
    : EnteredName<Name, Definitions[Name]>]: OrNull<
    Definitions[Name],
    OfKind<EnteredKinds, Definitions[Name]>
  >
}
/** By its name in the registry: what is answered, a reference with its name. */
export type ShownShape<Definitions extends FieldDefinitions> = {
  [Name in keyof Definitions as Definitions[Name] extends { partOf: string }
    ? never
    : Name]: OrNull<Definitions[Name], OfKind<ShownKinds, Definitions[Name]>>
}
/** The fields that whoever makes a record must give. */
export type NeededFields<Definitions extends FieldDefinitions> = {
  [Name in keyof Definitions as Definitions[Name] extends { required: true }
    ? Definitions[Name] extends { readonly: true } | { partOf: string } | { default: true }
      ? never
      : EnteredName<Name, Definitions[Name]>
    : never]: true
}

const isRelation = ({ kind }: FieldDefinition) => kind === 'person' || kind === 'reference'
/** The name under which a field is written. */
export const enteredName = (name: string, definition: FieldDefinition): string =>
  isRelation(definition) ? `${name}Id` : name
/** Whether it is written at the doors by itself. */
export const isEntered = ({ readonly, partOf }: FieldDefinition): boolean =>
  readonly !== true && partOf === undefined

const orNull = ({ required, kind }: FieldDefinition, shape: z.ZodType): z.ZodType =>
  required || kind === 'tags' ? shape : shape.nullable()

/** @returns an object of zod shapes, for `z.object` */
export function enteredShape<const Definitions extends FieldDefinitions>(definitions: Definitions) {
  return Object.fromEntries(
    Object.entries(definitions)
      .filter(([, definition]) => isEntered(definition))
      .map(([name, definition]) => [
        enteredName(name, definition),
        orNull(definition, entered(definition)),
      ]),
  ) as EnteredShape<Definitions>
}

/** @returns an object of zod shapes, for `z.object` */
export function shownShape<const Definitions extends FieldDefinitions>(definitions: Definitions) {
  return Object.fromEntries(
    Object.entries(definitions)
      .filter(([, { partOf }]) => partOf === undefined)
      .map(([name, definition]) => [name, orNull(definition, shown(definition))]),
  ) as ShownShape<Definitions>
}

/** What `required` of a partial shape takes. */
export function neededFields<const Definitions extends FieldDefinitions>(definitions: Definitions) {
  return Object.fromEntries(
    Object.entries(definitions)
      .filter(
        ([, definition]) => isEntered(definition) && definition.required && !definition.default,
      )
      .map(([name, definition]) => [enteredName(name, definition), true as const]),
  ) as NeededFields<Definitions>
}

function entered({ kind, required, max, choices = [] }: FieldDefinition): z.ZodType {
  switch (kind) {
    case 'text':
      return required ? line(max) : lineOrEmpty(max)
    case 'longText':
      return max === undefined ? LongText : Lines(max)
    case 'email':
      return Email
    case 'phone':
      return lineOrEmpty(max ?? 60)
    case 'url':
      return WebAddress
    case 'number':
      return z
        .number()
        .int()
        .min(0)
        .max(max ?? Number.MAX_SAFE_INTEGER)
    case 'percent':
      return z.number().int().min(0).max(100)
    case 'money':
      return EnteredMoney
    case 'date':
      return EnteredDate
    case 'instant':
      return EnteredInstant
    case 'choice':
      return z.enum(choices as [string, ...string[]])
    case 'choices':
      return z.array(z.enum(choices as [string, ...string[]]))
    case 'boolean':
      return z.boolean()
    case 'person':
    case 'reference':
      return Id
    case 'tags':
      return Tags
  }
}

/** What is answered may be older than what is asked of it today, or come from the program itself. */
function shown(definition: FieldDefinition): z.ZodType {
  switch (definition.kind) {
    case 'url':
      return z.string()
    case 'number':
      return definition.readonly ? z.number().int() : entered(definition)
    case 'money':
      return Money
    case 'instant':
      return Instant
    case 'person':
    case 'reference':
      return Reference
    default:
      return entered(definition)
  }
}
