/** The facts of a lead, as its page shows and edits them. */

import { type Priority, priorities } from '../../../../contract/kernel/words'
import type { Lead } from '../../../../contract/records/leads'
import { priorityLabels } from '../../../ui/PriorityText'
import { type Fact, isMoney, isReference } from '../../../ui/record/facts'

export function leadFacts(
  sources: readonly string[],
  lostReasons: readonly string[],
  lead: Lead,
): Fact<Lead>[] {
  return [
    {
      field: 'companyId',
      label: 'Company',
      editor: { type: 'reference', of: 'company', createWith: {} },
      value: ({ company }) => company,
      apply: (row, value) => ({ ...row, company: isReference(value) ? value : null }),
    },
    {
      field: 'contactId',
      label: 'Contact',
      editor: { type: 'reference', of: 'contact', createWith: { companyId: lead.company } },
      value: ({ contact }) => contact,
      apply: (row, value) => ({ ...row, contact: isReference(value) ? value : null }),
    },
    {
      field: 'ownerId',
      label: 'Owner',
      editor: { type: 'reference', of: 'user' },
      value: ({ owner }) => owner,
      apply: (row, value) => ({ ...row, owner: isReference(value) ? value : null }),
    },
    {
      field: 'value',
      label: 'Value',
      editor: { type: 'money' },
      value: ({ value }) => value,
      apply: (row, value) => ({ ...row, value: isMoney(value) ? value : null }),
    },
    {
      field: 'probability',
      label: 'Probability',
      editor: { type: 'percent' },
      value: ({ probability }) => probability,
      show: ({ probability, effectiveProbability }) =>
        probability === null ? `${effectiveProbability}% (of the stage)` : `${probability}%`,
      apply: (row, value) => ({
        ...row,
        probability: typeof value === 'number' ? value : null,
        effectiveProbability: typeof value === 'number' ? value : row.effectiveProbability,
      }),
    },
    {
      field: 'expectedCloseDate',
      label: 'Expected close',
      editor: { type: 'date' },
      value: ({ expectedCloseDate }) => expectedCloseDate,
      apply: (row, value) => ({ ...row, expectedCloseDate: textOf(value) }),
    },
    {
      field: 'priority',
      label: 'Priority',
      editor: {
        type: 'choice',
        required: true,
        choices: priorities.map((value) => ({ value, label: priorityLabels[value] })),
      },
      value: ({ priority }) => priority,
      apply: (row, value) => ({ ...row, priority: value as Priority }),
    },
    {
      field: 'source',
      label: 'Source',
      editor: { type: 'suggest', suggestions: sources },
      value: ({ source }) => source,
      apply: (row, value) => ({ ...row, source: textOf(value) }),
    },
    ...(lead.status === 'lost'
      ? [
          {
            field: 'lostReason',
            label: 'Lost because',
            editor: { type: 'suggest' as const, suggestions: lostReasons },
            value: (row: Lead) => row.lostReason,
            apply: (row: Lead, value: unknown) => ({ ...row, lostReason: textOf(value) }),
          },
        ]
      : []),
    {
      field: 'tags',
      label: 'Tags',
      editor: { type: 'tags' },
      value: ({ tags }) => tags,
      apply: (row, value) => ({ ...row, tags: Array.isArray(value) ? value : [] }),
    },
    {
      field: 'description',
      label: 'Description',
      editor: { type: 'long' },
      value: ({ description }) => description,
      apply: (row, value) => ({ ...row, description: textOf(value) }),
    },
  ]
}

const textOf = (value: unknown) => (typeof value === 'string' ? value : null)
