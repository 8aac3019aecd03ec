/** What a file of customers may hold. */
import type { customerStatuses } from '../../../../contract/records/words'
import {
  company,
  contactAbout,
  createdAt,
  description,
  externalId,
  idOf,
  own,
  owner,
  tags,
} from './common-fields'
import { fieldsOf, type ValuesOf, words } from './field'

export const customerFields = fieldsOf([
  {
    name: 'name',
    label: 'Name',
    type: 'line',
    required: true,
    key: true,
    weight: 2,
    synonyms: words('name | customer | customer name'),
  },
  { ...company(''), key: true },
  idOf('companyId', 'Company ID'),
  contactAbout,
  idOf('contactId', 'Contact ID'),
  owner('customer owner'),
  idOf('ownerId', 'Owner ID'),
  {
    name: 'status',
    label: 'Status',
    type: 'choice',
    weight: 2,
    choices: {
      active: words('active | current | aktiv'),
      inactive: words('inactive | former | churned | inaktiv'),
    } satisfies Record<(typeof customerStatuses)[number], readonly string[]>,
    synonyms: words('status | customer status'),
  },
  {
    name: 'since',
    label: 'Since',
    type: 'date',
    weight: 4,
    synonyms: words('customer since | kunde seit'),
  },
  description(''),
  tags,
  createdAt(''),
  externalId('id | record id | customer id | customer uid | hs object id'),
  own,
])

export type CustomerValues = ValuesOf<typeof customerFields>
