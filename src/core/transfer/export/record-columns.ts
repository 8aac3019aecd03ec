/** The columns of companies, contacts, leads, customers, quotes and users. */

import type { Company } from '../../../contract/records/companies'
import { companyFields } from '../../../contract/records/company-fields'
import { contactFields } from '../../../contract/records/contact-fields'
import type { Contact } from '../../../contract/records/contacts'
import { customerFields } from '../../../contract/records/customer-fields'
import type { Customer } from '../../../contract/records/customers'
import { leadFields } from '../../../contract/records/lead-fields'
import type { Lead } from '../../../contract/records/leads'
import type { Quote } from '../../../contract/records/quotes'
import type { User } from '../../../contract/records/users'
import { linesInCell } from '../format/quote-lines'
import {
  column,
  dates,
  derived,
  type ExportColumn,
  type ExportNames,
  follows,
  ids,
  nameOf,
  reference,
} from './columns'
import { fieldColumns } from './field-columns'

const always = { id: ids.filter(({ name }) => name === 'id') }
const onDemand = ['lastActivityAt', 'updatedAt']

export const companyColumns = (names: ExportNames): readonly ExportColumn<Company>[] =>
  fieldColumns<Company>(
    companyFields,
    {
      order: [
        ...['name', 'domain', 'website', 'industry', 'employees', 'phone', 'address', 'city'],
        ...['country', 'parent', 'owner', 'description', 'tags', 'openLeads', 'lastActivityAt'],
        ...['createdAt', 'updatedAt', 'externalId', 'id'],
      ],
      own: { ...always, openLeads: [derived('openLeads', 'Open leads', (row) => row.openLeads)] },
      onDemand,
    },
    names,
  )

export const contactColumns = (names: ExportNames): readonly ExportColumn<Contact>[] =>
  fieldColumns<Contact>(
    contactFields,
    {
      order: [
        ...['name', 'firstName', 'lastName', 'email', 'phone', 'mobile', 'jobTitle', 'company'],
        ...['linkedin', 'timezone', 'owner', 'description', 'tags', 'lastActivityAt'],
        ...['createdAt', 'updatedAt', 'externalId', 'id'],
      ],
      own: always,
      onDemand: ['name', ...onDemand],
    },
    names,
  )

export const leadColumns = (names: ExportNames): readonly ExportColumn<Lead>[] =>
  fieldColumns<Lead>(
    leadFields,
    {
      order: [
        ...['title', 'company', 'contact', 'owner', 'stage', 'pipeline', 'status', 'value'],
        ...['probability', 'effectiveProbability', 'expectedCloseDate', 'closedAt', 'lostReason'],
        ...['source', 'priority', 'description', 'tags', 'stageEnteredAt', 'customer'],
        ...['nextStepAt', 'signal', 'rotting', 'score', 'lastScoredAt', 'lastActivityAt'],
        ...['createdAt', 'updatedAt', 'externalId', 'id'],
      ],
      own: {
        ...always,
        // An import finds a stage by its name within its pipeline.
        stage: [column('stage', 'Stage', (row) => row.stage.name)],
        pipeline: [
          column('pipeline', 'Pipeline', (row) => names.pipelineName(row.stage.pipelineId)),
        ],
        effectiveProbability: [
          derived(
            'effectiveProbability',
            'Effective probability',
            (row) => row.effectiveProbability,
          ),
        ],
        signal: [derived('signal', 'Signal', (row) => row.signal)],
        rotting: [derived('rotting', 'Rotting', (row) => row.rotting)],
      },
      onDemand: ['nextStepAt', 'score', 'lastScoredAt', ...onDemand],
    },
    names,
  )

export const customerColumns = (names: ExportNames): readonly ExportColumn<Customer>[] =>
  fieldColumns<Customer>(
    customerFields,
    {
      order: [
        ...['name', 'company', 'contact', 'owner', 'status', 'since', 'wonValue', 'description'],
        ...['tags', 'lastActivityAt', 'createdAt', 'updatedAt', 'externalId', 'id'],
      ],
      own: {
        ...always,
        wonValue: [
          {
            name: 'wonValue',
            follows: true,
            labels: ['Won value', 'Currency'],
            // One sum a currency: several stand side by side, never added up.
            cells: ({ wonValue }) => [
              wonValue.map(({ amount }) => amount).join('; '),
              wonValue.map(({ currency }) => currency).join('; '),
            ],
          },
        ],
      },
      onDemand,
    },
    names,
  )

export const quoteColumns = ({ userId }: ExportNames): readonly ExportColumn<Quote>[] => [
  column('number', 'Number', (row) => row.number),
  column('title', 'Title', (row) => row.title),
  ...reference('lead', 'Lead'),
  ...reference('company', 'Company').map(follows),
  ...reference('contact', 'Contact').map(follows),
  ...reference('owner', 'Owner', userId).map(follows),
  column('status', 'Status', (row) => row.status),
  follows(column('subtotal', 'Subtotal', (row) => row.subtotal.amount)),
  column('taxRate', 'Tax rate', (row) => row.taxRate),
  follows(column('tax', 'Tax', (row) => row.tax.amount)),
  {
    name: 'total',
    follows: true,
    labels: ['Total', 'Currency'],
    cells: ({ total }) => [total.amount, total.currency],
  },
  column('validUntil', 'Valid until', (row) => row.validUntil),
  column('sentAt', 'Sent at', (row) => row.sentAt),
  column('decidedAt', 'Decided at', (row) => row.decidedAt),
  column('declineReason', 'Decline reason', (row) => row.declineReason),
  column('notes', 'Notes', (row) => row.notes),
  column('lines', 'Lines', (row) => linesInCell(row.lines)),
  ...dates,
  column('id', 'Rapport ID', (row) => row.id),
]

export const userColumns = ({ userId }: ExportNames): readonly ExportColumn<User>[] => [
  column('name', 'Name', (row) => row.name),
  column('email', 'E-mail', (row) => row.email),
  column('role', 'Role', (row) => row.role),
  column('team', 'Team', (row) => nameOf(row.team)),
  ...reference('manager', 'Manager', userId),
  column('active', 'Active', (row) => row.active),
  column('timezone', 'Time zone', (row) => row.timezone),
  column('signature', 'Signature', (row) => row.signature),
  derived('openLeads', 'Open leads', (row) => row.openLeads),
  ...dates,
  column('externalId', 'External ID', (row) =>
    row.externalId === userId(row.id) ? null : row.externalId,
  ),
  column('id', 'Rapport ID', (row) => userId(row.id)),
]
