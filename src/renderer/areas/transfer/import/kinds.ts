/** What a file can be imported as, in words. */
import { type Icon, IconUsers } from '@tabler/icons-react'
import type { RecordKind } from '../../../../contract/kernel/words'
import type { ImportKind } from '../../../../contract/transfer/words'
import { kinds } from '../../../app/records'

export interface ImportKindText {
  one: string
  many: string
  icon: Icon
  /** Where they are seen. */
  path: string
  /** Which custom fields they have. */
  customFields?: 'company' | 'contact' | 'lead' | 'customer'
  /** What a row of the file is, for somebody who chooses. */
  text: string
}

export const importKindTexts: Readonly<Record<ImportKind, ImportKindText>> = {
  companies: {
    ...textOf('company'),
    customFields: 'company',
    text: 'One company in each row: name, industry, city …',
  },
  contacts: {
    ...textOf('contact'),
    customFields: 'contact',
    text: 'One person in each row, with the company',
  },
  leads: {
    ...textOf('lead'),
    customFields: 'lead',
    text: 'One opportunity in each row: stage, value, owner …',
  },
  activities: {
    ...textOf('activity'),
    text: 'One call, e-mail, meeting or note in each row',
  },
  users: {
    one: 'user',
    many: 'users',
    icon: IconUsers,
    path: '/settings/users',
    text: 'One colleague in each row, with team and manager',
  },
  customers: {
    ...textOf('customer'),
    customFields: 'customer',
    text: 'One customer in each row, with company and contact',
  },
  quotes: {
    ...textOf('quote'),
    text: 'One quote in each row: lead, lines, tax rate …',
  },
  tasks: {
    ...textOf('task'),
    text: 'One task in each row: due date, assignee, lead …',
  },
}

export const countOfRows = (count: number) =>
  `${count.toLocaleString()} ${count === 1 ? 'row' : 'rows'}`

export const countOfKind = (kind: ImportKind, count: number) =>
  `${count.toLocaleString()} ${count === 1 ? importKindTexts[kind].one : importKindTexts[kind].many}`

export const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1)

function textOf(kind: RecordKind) {
  const { one, many, icon, path } = kinds[kind]
  return { one, many, icon, path: `/${path}` }
}
