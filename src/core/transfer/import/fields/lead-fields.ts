/** What a file of leads may hold. */
import type { leadStatuses } from '../../../../contract/records/words'
import {
  company,
  createdAt,
  description,
  externalId,
  idOf,
  own,
  owner,
  priority,
  tags,
} from './common-fields'
import { fieldsOf, type ValuesOf, words } from './field'

export const leadFields = fieldsOf([
  {
    name: 'title',
    label: 'Title',
    type: 'line',
    required: true,
    key: true,
    hint: 'Several columns are joined: “Acme – GTX Pro”.',
    weight: 2,
    synonyms: words(
      `title | name | deal | deal name | dealname | deal title | lead | lead name | lead title | opportunity |
       opportunity name | opportunity title | subject | topic | project | titel | bezeichnung`,
    ),
  },
  {
    ...company('company id | account id | organization id | org id | associated company ids'),
    key: true,
  },
  idOf('companyId', 'Company ID'),
  {
    name: 'contact',
    label: 'Contact',
    type: 'line',
    hint: 'Name of a person at the company.',
    synonyms: words(
      `contact | contact name | contact person | primary contact | person | contact full name | associated contact |
       ansprechpartner | kontakt | full name | contact id | person id | associated contact ids`,
    ),
  },
  idOf('contactId', 'Contact ID'),
  {
    name: 'contactEmail',
    label: 'Contact e-mail',
    type: 'email',
    synonyms: words(
      'contact email | contact e mail | person email | email | e mail | email address | e mail address',
    ),
  },
  owner('deal owner | opportunity owner | lead owner'),
  idOf('ownerId', 'Owner ID'),
  {
    name: 'stage',
    label: 'Stage',
    type: 'line',
    maxLength: 80,
    weight: 4,
    synonyms: words(
      `stage | deal stage | dealstage | opportunity stage | pipeline stage | stage name | sales stage | lead stage | phase |
       lead status | stufe`,
    ),
  },
  {
    name: 'pipeline',
    label: 'Pipeline',
    type: 'line',
    maxLength: 80,
    weight: 3,
    hint: 'Name of a pipeline. One that is not there yet is added.',
    synonyms: words('pipeline | pipeline name | deal pipeline | sales pipeline'),
  },
  {
    name: 'status',
    label: 'Status',
    type: 'choice',
    weight: 2,
    hint: 'Open, won or lost. A won or lost lead goes to that stage whatever its stage says.',
    choices: {
      open: words('open | active | in progress | new | pending | offen | ouvert | abierto'),
      won: words('won | closed won | is won | success | gewonnen | gagne | ganado'),
      lost: words('lost | closed lost | abandoned | failed | verloren | perdu | perdido'),
    } satisfies Record<(typeof leadStatuses)[number], readonly string[]>,
    synonyms: words('status | deal status | opportunity status | won lost'),
  },
  {
    name: 'won',
    label: 'Is won',
    type: 'boolean',
    weight: 2,
    hint: 'Yes or no. Read where no status says it.',
    synonyms: words('is won | won | deal won | is closed won | gewonnen | gagne | ganado'),
  },
  {
    name: 'lost',
    label: 'Is lost',
    type: 'boolean',
    weight: 2,
    hint: 'Yes or no. Read where no status says it.',
    synonyms: words('is lost | lost | deal lost | is closed lost | verloren | perdu | perdido'),
  },
  {
    name: 'closed',
    label: 'Is closed',
    type: 'boolean',
    hint: 'Yes or no. Closed and not won is lost.',
    synonyms: words('is closed | closed | is deal closed | abgeschlossen'),
  },
  {
    name: 'value',
    label: 'Value',
    type: 'money',
    min: 0,
    weight: 3,
    synonyms: words(
      `value | amount | deal value | deal amount | close value | opportunity amount | opportunity value | lead value |
       expected revenue | estimated value | total value | price | betrag | wert | umsatz | montant | importe | valor`,
    ),
  },
  {
    name: 'currency',
    label: 'Currency',
    type: 'currency',
    weight: 2,
    synonyms: words(
      'currency | currency code | currency iso code | deal currency | wahrung | devise | moneda',
    ),
  },
  {
    name: 'probability',
    label: 'Probability',
    type: 'probability',
    weight: 3,
    hint: 'In percent; without it the stage’s own holds.',
    synonyms: words(
      'probability | deal probability | win probability | close probability | chance | confidence | wahrscheinlichkeit',
    ),
  },
  {
    name: 'expectedCloseDate',
    label: 'Expected close date',
    type: 'date',
    weight: 3,
    synonyms: words(
      'expected close date | expected close | expected closing date | estimated close date | forecast close date | target date',
    ),
  },
  {
    name: 'closedAt',
    label: 'Closed at',
    type: 'instant',
    yesNo: 'closed',
    weight: 3,
    hint: 'When it was won or lost. For an open lead: when it is expected to be.',
    synonyms: words(
      `close date | closed at | closed date | closed on | closedate | closing date | won time | lost time | deal closed time |
       won date | abschlussdatum | closed`,
    ),
  },
  {
    name: 'lostReason',
    label: 'Lost reason',
    type: 'line',
    maxLength: 500,
    weight: 3,
    synonyms: words(
      'lost reason | closed lost reason | loss reason | reason lost | reason for loss | verlustgrund',
    ),
  },
  {
    name: 'source',
    label: 'Source',
    type: 'line',
    maxLength: 120,
    weight: 2,
    synonyms: words(
      'source | lead source | deal source | original source | channel | campaign | utm source | origin | quelle | herkunft',
    ),
  },
  priority,
  description('deal description'),
  tags,
  createdAt(
    'deal created | opportunity created date | engage date | opened | open date | start date',
  ),
  {
    name: 'stageEnteredAt',
    label: 'In stage since',
    type: 'instant',
    synonyms: words(
      'stage entered at | in stage since | last stage change | last stage change date',
    ),
  },
  {
    name: 'customer',
    label: 'Customer',
    type: 'line',
    hint: 'External ID or name of the customer that the lead has become.',
    synonyms: words('customer name'),
  },
  idOf('customerId', 'Customer ID'),
  externalId(
    'id | record id | deal id | lead id | opportunity id | lead uid | hs object id | deal uid | reference | ref',
  ),
  own,
])

export type LeadValues = ValuesOf<typeof leadFields>
