/** No field of one line keeps what would begin another, wherever it comes in; walks the contract. */
import { expect, test } from 'vitest'
import { contract } from '../../contract'
import { leavesOf, type Path, proceduresOf, sampleOf, withValue } from './inputs'

const hostile = 'Ab\r\nBcc: vil@exemplo.pt\u2028c\u2029d\u0085e\u000bf\0g\u001bh\u009bi\tj'
const findId = () => '01930000-0000-7000-8000-000000000000'

const valueAt = (input: unknown, path: Path): unknown =>
  path.reduce<unknown>((value, key) => (value as Record<string, unknown> | undefined)?.[key], input)

/** Texts that the contract takes, and how it keeps them. */
const kept = proceduresOf(contract).flatMap(({ name, input }) =>
  leavesOf(input)
    .filter(({ kind }) => kind === 'text')
    .flatMap(({ path }) => {
      const sample = withValue(sampleOf(input, { findId, wanted: [path] }), path, hostile)
      const value = valueAt(input.safeParse(sample).data, path)
      return typeof value === 'string' ? [{ field: `${name} ${path.join('.')}`, value }] : []
    }),
)

/** Texts of several lines. */
const ofSeveralLines =
  /( |\.)(description|notes|body|html|address|note|signature|reason|comment|custom\.\w+)$/
/** What is only looked for, whole files, rules and secrets that are checked where they are used, and the state of a screen. */
const isNoText =
  /( |\.)(q|cursor|field|value|text|ics|source\.0|tag\.0|table|rowId|recurrence|password|encoding|delimiter|mapping\..+|stageOrder\.0|columns\.0|list|sort|place\.dialog)$|^database\.restore|^erasures\.removeBackups/

const fieldsWhere = (pattern: RegExp) =>
  kept
    .filter(({ field, value }) => pattern.test(value) && !isNoText.test(field))
    .map(({ field }) => field)

test('a text of one line is kept as one clean line', () => {
  expect(kept.length).toBeGreaterThan(50)
  const broken = fieldsWhere(/[\p{Cc}\u2028\u2029]/u)
  expect(broken.filter((field) => !ofSeveralLines.test(field))).toEqual([])
})

test('longer texts keep line breaks and tabs, and no other control character', () => {
  expect(fieldsWhere(/(?![\t\n\r])\p{Cc}/u)).toEqual([])
})
