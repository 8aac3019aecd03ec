import { expect, test, vi } from 'vitest'
import type { CustomField } from '../../../contract/kernel/custom-fields'
import { fieldsOf, instant, money, text } from '../../../contract/kernel/fields'
import { recordFields } from '../../ui/fields'
import { listOf } from '../../ui/list/listOf'
import { factOf } from '../../ui/record/fieldFacts'
import { companyList } from './companies/list'
import { contactList } from './contacts/list'
import { customerList } from './customers/list'
import { leadFacts } from './leads/facts'
import { leadList } from './leads/list'
import { quoteList } from './quotes/list'

// Lists are data: nothing is asked of the core.
vi.mock('../../api', () => ({ api: {}, client: {} }))

const now = new Date('2026-11-20T10:00:00Z')
const tier: CustomField = {
  id: 'f1',
  table: 'lead',
  key: 'tier',
  label: 'Tier',
  type: 'choice',
  choices: ['Gold', 'Silver'],
  currency: null,
  position: 0,
}
const options = { customFields: [tier], userId: 'u1' }
const lists = {
  lead: leadList({ ...options, sources: ['Fair'], now }),
  company: companyList(options),
  contact: contactList(options),
  customer: customerList(options),
  quote: quoteList(now),
}
const namesOf = (columns: readonly { id: string }[]) => columns.map(({ id }) => id)
const shownIn = ({ columns }: { columns: readonly { id: string; optional?: true }[] }) =>
  namesOf(columns.filter(({ optional }) => !optional))

test('lists show at first what they always did, in that order', () => {
  expect(shownIn(lists.lead).join(' ')).toBe(
    'title company stage value nextStepAt owner lastActivityAt expectedCloseDate priority tags',
  )
  expect(shownIn(lists.company).join(' ')).toBe(
    'name industry city country openLeads owner lastActivityAt tags',
  )
  expect(shownIn(lists.contact).join(' ')).toBe(
    'name company jobTitle email phone lastActivityAt owner tags',
  )
  expect(shownIn(lists.customer).join(' ')).toBe(
    'name company contact status wonValue since owner lastActivityAt tags',
  )
  expect(shownIn(lists.quote).join(' ')).toBe(
    'title number status total lead company validUntil sentAt owner',
  )
})

test('columns that views and preferences may name are all there, under their names', () => {
  const kept = {
    lead: 'contact source status probability score lostReason stageEnteredAt closedAt createdAt updatedAt custom.tier',
    company: 'domain phone employees parent createdAt updatedAt custom.tier',
    contact: 'mobile timezone createdAt updatedAt custom.tier',
    customer: 'createdAt updatedAt custom.tier',
    quote: 'decidedAt createdAt updatedAt',
  }
  for (const [kind, names] of Object.entries(kept))
    expect(namesOf(lists[kind as keyof typeof lists].columns), kind).toEqual(
      expect.arrayContaining(names.split(' ')),
    )
})

test('a field of the registry is a filter with the words of its values', () => {
  const fieldOf = (name: string) => lists.lead.fields.find((field) => field.name === name)
  expect(fieldOf('priority')).toMatchObject({
    label: 'Priority',
    kind: 'choice',
    choices: [{ value: 'low', label: 'Low' }, {}, {}, { value: 'urgent', label: 'Urgent' }],
  })
  expect(fieldOf('owner')).toMatchObject({ kind: 'person', of: 'user' })
  expect(fieldOf('source')?.choices).toEqual([{ value: 'Fair', label: 'Fair' }])
  expect(fieldOf('custom.tier')?.choices).toEqual([
    { value: 'Gold', label: 'Gold' },
    { value: 'Silver', label: 'Silver' },
  ])
  expect(fieldOf('externalId')).toBeUndefined()
})

test('many leads can be given what the registry says, and many quotes nothing', () => {
  expect(lists.lead.bulk?.map(({ written }) => written)).toEqual([
    'ownerId',
    'stageId',
    'priority',
    'source',
    'tags',
  ])
  expect(lists.company.bulk?.map(({ written }) => written)).toEqual(['ownerId', 'tags'])
  expect(lists.quote.bulk).toEqual([])
})

test('why a lead was lost is a fact of lost leads only', () => {
  const fields = (status: 'open' | 'lost') =>
    leadFacts([], [], { status, company: null } as Parameters<typeof leadFacts>[2]).map(
      ({ field }) => field,
    )
  expect(fields('open')).toEqual([
    'companyId',
    'contactId',
    'ownerId',
    'value',
    'probability',
    'expectedCloseDate',
    'priority',
    'source',
    'tags',
    'description',
  ])
  expect(fields('lost')).toContain('lostReason')
})

test('one entry in the registry makes a column, a filter, a fact, and a change of many', () => {
  interface Visit {
    id: string
    meetingPlace: string | null
    fee: null
    seenAt: null
  }
  const fields = fieldsOf({
    meetingPlace: text({ label: 'Meeting place', sorts: true, bulk: true }),
    fee: money({ label: 'Fee', offScreen: true }),
    seenAt: instant({ label: 'Seen', readonly: true }),
  })
  const list = listOf<Visit, typeof fields>(fields, {
    kind: 'lead',
    nameOf: ({ id }) => id,
    empty: '',
    shown: ['meetingPlace'],
    looks: {},
    chips: [],
    renderCard: () => null,
  })
  expect(list.columns.map(({ id, label, sort, width }) => [id, label, sort, width])).toEqual([
    ['meetingPlace', 'Meeting place', 'meetingPlace', 150],
    ['seenAt', 'Seen', undefined, 130],
  ])
  expect(list.fields.map(({ name, kind }) => [name, kind])).toEqual([
    ['meetingPlace', 'text'],
    ['seenAt', 'instant'],
  ])
  expect(list.bulk?.map(({ name }) => name)).toEqual(['meetingPlace'])
  const [fact, ...none] = recordFields<Visit>(fields).flatMap((field) => factOf(field))
  expect(none).toEqual([])
  const visit: Visit = { id: 'v', meetingPlace: null, fee: null, seenAt: null }
  const moved = fact?.apply(visit, 'Café Central')
  expect(moved && fact?.value(moved)).toBe('Café Central')
})
