/** What doors take and answer follows from the kinds of fields. */
import { expect, it } from 'vitest'
import * as z from 'zod'
import { enteredShape, neededFields, shownShape } from './field-shapes'
import {
  choice,
  date,
  fieldsOf,
  instant,
  money,
  number,
  percent,
  person,
  reference,
  tags,
  text,
  url,
} from './fields'

const fields = fieldsOf({
  title: text({ label: 'Title', required: true, max: 20 }),
  company: reference('company', { label: 'Company' }),
  stage: reference('stage', { label: 'Stage', required: true, default: true }),
  owner: person({ label: 'Owner' }),
  value: money({ label: 'Value' }),
  currency: text({ label: 'Currency', readonly: true, partOf: 'value' }),
  probability: percent({ label: 'Probability' }),
  employees: number({ label: 'Employees', max: 100 }),
  website: url({ label: 'Website' }),
  day: date({ label: 'Day' }),
  size: choice(['small', 'large'], { label: 'Size', required: true, default: true }),
  tags: tags({ label: 'Tags' }),
  createdAt: instant({ label: 'Created', required: true, readonly: true }),
})
const id = '01993c5c-0000-7000-8000-000000000001'

it('takes what may be written, references by their ids, and neither what follows nor parts of others', () => {
  expect(Object.keys(enteredShape(fields))).toEqual([
    ...['title', 'companyId', 'stageId', 'ownerId', 'value', 'probability', 'employees'],
    ...['website', 'day', 'size', 'tags'],
  ])
})

it('asks only for what has no default', () => {
  const create = z.object(enteredShape(fields)).partial().required(neededFields(fields))
  expect(create.safeParse({ title: 'Acme' }).success).toBe(true)
  expect(create.safeParse({ size: 'small' }).error?.issues.map(({ path }) => path)).toEqual([
    ['title'],
  ])
})

it.each([
  ['title', ['Acme'], ['', 'x'.repeat(21), null]],
  ['companyId', [id, null], ['Acme']],
  ['stageId', [id], [null]],
  ['value', [{ amount: '1.50', currency: 'EUR' }, null], [{ amount: 'much', currency: 'EUR' }]],
  ['probability', [0, 100, null], [101, 0.5, '50']],
  ['employees', [0, 100, null], [101, -1]],
  ['website', ['https://acme.com', null], ['not an address']],
  ['day', ['2026-11-30', null], ['2026-02-30', '30.11.2026']],
  ['size', ['small'], ['huge', null]],
  ['tags', [['a', 'b'], []], [null]],
])('takes of %s what its kind takes, and nothing else', (name, taken, refused) => {
  const shape = (enteredShape(fields) as Record<string, z.ZodType>)[name]
  for (const value of taken) expect(shape?.safeParse(value).success, String(value)).toBe(true)
  for (const value of refused) expect(shape?.safeParse(value).success, String(value)).toBe(false)
})

it('answers references with their names, and what every record has is never null', () => {
  const shown = z.object(shownShape(fields))
  const record = {
    title: 'Acme',
    company: { id, name: 'Acme' },
    stage: { id, name: 'New' },
    owner: null,
    value: null,
    probability: null,
    employees: null,
    website: 'stored before addresses were checked',
    day: null,
    size: 'large',
    tags: [],
    createdAt: '2026-11-30T12:00:00.000Z',
  }
  expect(shown.parse(record)).toEqual(record)
  for (const name of ['title', 'stage', 'size', 'tags', 'createdAt'])
    expect(shown.safeParse({ ...record, [name]: null }).success, name).toBe(false)
})
