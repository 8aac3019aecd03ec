/** What a file of quotes may hold. */
import type { quoteStatuses } from '../../../../contract/records/words'
import { createdAt, idOf, leadAbout, own } from './common-fields'
import { fieldsOf, type ValuesOf, words } from './field'

export const quoteFields = fieldsOf([
  {
    name: 'number',
    label: 'Number',
    type: 'line',
    maxLength: 40,
    key: true,
    weight: 2,
    hint: 'Without one, or where it is taken, it gets the next number here.',
    synonyms: words('quote number | quote no | estimate number | offer number | angebotsnummer'),
  },
  {
    name: 'title',
    label: 'Title',
    type: 'line',
    required: true,
    synonyms: words('title | name | quote name | quote title | estimate | subject'),
  },
  { ...leadAbout, required: true, weight: 2 },
  idOf('leadId', 'Lead ID'),
  {
    name: 'status',
    label: 'Status',
    type: 'choice',
    choices: {
      draft: words('draft | open | entwurf'),
      sent: words('sent | pending | presented | gesendet'),
      accepted: words('accepted | signed | approved | won | angenommen'),
      declined: words('declined | rejected | denied | lost | abgelehnt'),
    } satisfies Record<(typeof quoteStatuses)[number], readonly string[]>,
    synonyms: words('status | quote status'),
  },
  {
    name: 'currency',
    label: 'Currency',
    type: 'currency',
    synonyms: words('currency | currency code | currency iso code | wahrung'),
  },
  {
    name: 'taxRate',
    label: 'Tax rate',
    type: 'number',
    min: 0,
    max: 100,
    weight: 4,
    hint: 'In percent.',
    synonyms: words('tax rate | tax percent | vat | vat rate | mwst'),
  },
  {
    name: 'lines',
    label: 'Lines',
    type: 'text',
    maxLength: 200_000,
    weight: 4,
    hint: 'One a line of the cell: “Pump: 2 × 12.50 − 10 %”.',
    synonyms: words('line items | items | products | positionen'),
  },
  {
    name: 'validUntil',
    label: 'Valid until',
    type: 'date',
    weight: 4,
    synonyms: words('valid until | expiration date | expires | expiry date | gultig bis'),
  },
  {
    name: 'sentAt',
    label: 'Sent at',
    type: 'instant',
    weight: 2,
    synonyms: words('sent | sent on'),
  },
  {
    name: 'decidedAt',
    label: 'Decided at',
    type: 'instant',
    weight: 2,
    synonyms: words('decided | accepted at | declined at'),
  },
  {
    name: 'declineReason',
    label: 'Decline reason',
    type: 'line',
    maxLength: 500,
    weight: 3,
    synonyms: words('reason declined'),
  },
  {
    name: 'notes',
    label: 'Notes',
    type: 'text',
    maxLength: 100_000,
    synonyms: words('note | description | comments | terms'),
  },
  createdAt(''),
  own,
])

export type QuoteValues = ValuesOf<typeof quoteFields>
