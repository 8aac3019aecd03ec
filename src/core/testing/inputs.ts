/** Inputs made from the contract's own shapes: one that is likely to be taken, and values that are odd. */
import type * as z from 'zod'

/** What zod keeps of a shape, as far as it is read here. */
interface Definition {
  type: string
  shape?: Record<string, z.ZodType>
  element?: z.ZodType
  innerType?: z.ZodType
  in?: z.ZodType
  out?: z.ZodType
  entries?: Record<string, string>
  values?: unknown[]
  options?: z.ZodType[]
  keyType?: z.ZodType
  valueType?: z.ZodType
  getter?: () => z.ZodType
  checks?: { _zod: { def: { check: string; minimum?: number; length?: number } } }[]
}
const definitionOf = (shape: z.ZodType): Definition =>
  (shape as unknown as { _zod: { def: Definition } })._zod.def

/** What takes an input. */
export interface Procedure {
  /** `leads.update`. */
  name: string
  input: z.ZodType
}

/** All that a part of the contract has. */
export const proceduresOf = (part: object, path: string[] = []): Procedure[] =>
  Object.entries(part).flatMap(([key, value]: [string, unknown]) => {
    if (typeof value !== 'object' || value === null) return []
    const name = [...path, key].join('.')
    const known = (value as { '~orpc'?: { inputSchema?: z.ZodType; route?: { method?: string } } })[
      '~orpc'
    ]
    if (!known) return proceduresOf(value, [...path, key])
    return known.inputSchema ? [{ name, input: known.inputSchema }] : []
  })

/** Which record a field or a procedure is about, by words in its name: the first that fits. */
export const recordNames: readonly [RegExp, string][] = [
  [/lead/i, 'lead'],
  [/contact/i, 'contact'],
  [/compan|parent/i, 'company'],
  [/customer/i, 'customer'],
  [/quote/i, 'quote'],
  [/user|owner|manager|assignee/i, 'user'],
  [/team/i, 'team'],
  [/stage/i, 'stage'],
  [/pipeline/i, 'pipeline'],
  [/task/i, 'task'],
  [/reminder/i, 'reminder'],
]

/** Where a value goes: names of fields, and numbers of list entries. */
export type Path = readonly (string | number)[]
export interface Leaf {
  path: Path
  kind: 'text' | 'number' | 'boolean' | 'choice' | 'anything'
}

const wrappers = new Set([
  'optional',
  'nullable',
  'default',
  'prefault',
  'catch',
  'readonly',
  'nonoptional',
])

/** The shape below what only says that it may be left out, null, or come as text. */
function bare(shape: z.ZodType): z.ZodType {
  const { type, innerType, in: first, out, getter } = definitionOf(shape)
  if (wrappers.has(type) && innerType) return bare(innerType)
  if (type === 'lazy' && getter) return bare(getter())
  if (type === 'pipe' && first && out)
    return bare(definitionOf(first).type === 'transform' ? out : first)
  return shape
}

const mayBeLeftOut = (shape: z.ZodType): boolean => shape.safeParse(undefined).success

/** Every field of an input that holds one value, down to the entries of its lists. */
export function leavesOf(shape: z.ZodType, path: Path = [], depth = 0): Leaf[] {
  if (depth > 6) return []
  const one = bare(shape)
  const { type, shape: fields, element, options, keyType, valueType } = definitionOf(one)
  const below = (part: z.ZodType, name: string | number) =>
    leavesOf(part, [...path, name], depth + 1)
  switch (type) {
    case 'object':
      return Object.entries(fields ?? {}).flatMap(([name, part]) => below(part, name))
    case 'array':
      return element ? below(element, 0) : []
    case 'record':
      return valueType ? below(valueType, keyOf(keyType, path)) : []
    case 'union':
      return (options ?? []).flatMap((option) => leavesOf(option, path, depth + 1))
    case 'string':
      return [{ path, kind: 'text' }]
    case 'number':
      return [{ path, kind: 'number' }]
    case 'boolean':
      return [{ path, kind: 'boolean' }]
    case 'enum':
    case 'literal':
      return [{ path, kind: 'choice' }]
    case 'file':
      return []
    default:
      return [{ path, kind: 'anything' }]
  }
}

/** A key that a record of values takes; of custom fields the one that tests add. */
function keyOf(keys: z.ZodType | undefined, path: Path): string {
  const words = keys && definitionOf(bare(keys)).entries
  return words ? (Object.values(words)[0] ?? '') : path.at(-1) === 'custom' ? 'seats' : 'odd key'
}

/** Answers an id of a record that is there; `name` is that of the field. */
export type FindId = (name: string) => string

/** What is made of a shape: ids, and the places that are to be filled in though they may be left out. */
export interface Making {
  findId: FindId
  wanted?: readonly Path[]
  name?: string
}

/** A value that the shape is likely to take; what may be left out is, unless it is wanted. */
export function sampleOf(shape: z.ZodType, { findId, wanted = [], name = '' }: Making): unknown {
  if (wanted.length === 0 && mayBeLeftOut(shape)) return undefined
  const one = bare(shape)
  const {
    type,
    shape: fields,
    element,
    entries,
    values,
    options,
    valueType,
    checks,
  } = definitionOf(one)
  const below = (part: z.ZodType, key: string | number, of: string) =>
    sampleOf(part, {
      findId,
      name: of,
      wanted: wanted.filter(([first]) => first === key).map(([, ...rest]) => rest),
    })
  switch (type) {
    case 'object':
      return Object.fromEntries(
        Object.entries(fields ?? {})
          .map(([field, part]) => [field, below(part, field, field)] as const)
          .filter(([, value]) => value !== undefined),
      )
    case 'array': {
      const least = checks?.map(({ _zod: { def } }) => def.length ?? def.minimum ?? 1) ?? []
      const length = Math.max(1, ...least)
      const of = name.replace(/s$/, '')
      return element && Array.from({ length }, () => below(element, 0, of))
    }
    case 'record': {
      const keys = new Set(wanted.flatMap(([first]) => first ?? []))
      return (
        valueType && Object.fromEntries([...keys].map((key) => [key, below(valueType, key, name)]))
      )
    }
    case 'union': {
      const [place] = wanted
      const fits = (option: z.ZodType) =>
        !place ||
        leavesOf(option).some(({ path }) =>
          JSON.stringify(path).startsWith(JSON.stringify(place).slice(0, -1)),
        )
      const option = options?.find(fits) ?? options?.[0]
      return option && sampleOf(option, { findId, wanted, name })
    }
    case 'number':
      return /port/i.test(name) ? 1 : 5
    case 'boolean':
      return true
    case 'enum':
      return Object.values(entries ?? {})[0]
    case 'literal':
      return values?.[0]
    case 'string':
      return textFor(one, name, findId)
    case 'unknown':
    case 'any':
      return 'x'
    default:
      return undefined
  }
}

/** Texts that fields ask for by a pattern or a rule of their own; the first that is taken counts. */
const texts = [
  'Riley',
  'riley',
  'riley@example.com',
  '2026-11-27',
  '2026-11-27T15:00:00Z',
  '2026-11-27T15:00',
  '09:00',
  '17:00',
  'Europe/Prague',
  'EUR',
  '12.50',
  '#228be6',
  'call',
  'FREQ=WEEKLY',
  'A',
]
function textFor(shape: z.ZodType, name: string, findId: FindId): string {
  const takes = (text: string) => shape.safeParse(text).success
  const id = findId(name)
  if (takes(id) && (/(^id|Ids?)$/.test(name) || !takes('Riley'))) return id
  if (name === 'to') return ['17:00', '2026-11-28', '2026-11-28T15:00:00Z'].find(takes) ?? ''
  if (name === 'type' && takes('call')) return 'call'
  if (name === 'ics' || (name === 'text' && takes(calendar))) return calendar
  // Nothing is ever to be sent anywhere but to this machine, where nobody listens.
  if (name === 'host') return '127.0.0.1'
  return texts.find(takes) ?? 'Riley'
}

const calendar = [
  'BEGIN:VCALENDAR',
  'BEGIN:VEVENT',
  'UID:1',
  'DTSTART;VALUE=DATE:20261224',
  'SUMMARY:Christmas Eve',
  'END:VEVENT',
  'END:VCALENDAR',
].join('\r\n')

export const oddTexts: readonly string[] = [
  '',
  '  ',
  '\0',
  '\u200b',
  '\ud800',
  'Crlf\r\nBcc: vil@exemplo.pt',
  '\u202egnp.exe',
  'x'.repeat(61),
  '😀'.repeat(200),
  'x'.repeat(100_001),
  'javascript:alert(1)',
  `'; drop table lead; --`,
  '"',
  '%',
  '*',
  '{{contact.first_name',
  '{% for i in (1..9999999) %}x{% endfor %}',
  '{{'.repeat(500),
  '0000-01-01',
  '9999-12-31',
  '2999-12-31',
  '1900-01-01',
  '2026-02-30',
  '0000-01-01T00:00:00Z',
  '9999-12-31T23:59:59Z',
  '2999-12-31T23:59:59-23:59',
  '1900-01-01T00:00:00+23:59',
  '2999-12-31T23:59',
  '24:00',
  '99:99',
  'FREQ=YEARLY;INTERVAL=999',
  'FREQ=DAILY;COUNT=9999',
  'FREQ=MONTHLY;BYMONTHDAY=31;BYDAY=MO',
  'FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30',
  'Mars/Olympus',
  'local',
  '+02:00',
  'Pacific/Apia',
  'ZZZ',
  'KWD',
  'CLF',
  '-1',
  '0.00001',
  '9999999999999.9999',
  '1e400',
  'NaN',
  'null',
  '__proto__',
  'constructor',
  '00000000-0000-7000-8000-000000000000',
  '[[[[[[]]]]]]',
  '{"all":[{"field":"name","operator":"contains","value":"%"}]}',
  'İ',
  'ﷺ'.repeat(50),
]
export const oddNumbers: readonly number[] = [
  0,
  -0,
  -1,
  0.1,
  1e-300,
  7,
  59,
  99,
  100,
  365,
  3650,
  10_000,
  2 ** 31,
  2 ** 53,
  -(2 ** 53),
  1e21,
  8.64e15,
  Number.MAX_VALUE,
  Number.NaN,
  Number.POSITIVE_INFINITY,
]

/** A list in a list in a list, so many levels deep. */
export const nested = (levels: number): unknown => {
  let value: unknown = []
  for (let level = 0; level < levels; level++) value = [value]
  return value
}
const oddAnything: readonly unknown[] = [
  null,
  [],
  {},
  '',
  'x'.repeat(100_001),
  0,
  Number.NaN,
  true,
  nested(99),
  nested(5000),
  { __proto__: null, constructor: 1, toString: 'x' },
  Array.from({ length: 1000 }, () => 'x'),
]

/** Odd values for a field of this kind, those of other kinds among them. */
export function oddValuesFor(kind: Leaf['kind']): readonly unknown[] {
  const others = [null, [], {}, nested(200)]
  switch (kind) {
    case 'text':
      return [...oddTexts, ...others, 0, true]
    case 'number':
      return [...oddNumbers, ...others, '', 'x']
    case 'boolean':
    case 'choice':
      return [...others, '', 'x', 0, true, '\0']
    default:
      return oddAnything
  }
}

/** A copy with another value at this place. */
export function withValue(input: unknown, path: Path, value: unknown): unknown {
  const [next, ...rest] = path
  if (next === undefined) return value
  if (Array.isArray(input)) return [withValue(input[0], rest, value), ...input.slice(1)]
  const fields = typeof input === 'object' && input !== null ? input : {}
  return { ...fields, [next]: withValue((fields as Record<string, unknown>)[next], rest, value) }
}
