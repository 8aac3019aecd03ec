/** The facts of a lead, as its page shows and edits them. */
import { leadFields } from '../../../../contract/records/lead-fields'
import type { Lead } from '../../../../contract/records/leads'
import type { Fact } from '../../../ui/record/facts'
import { fieldFacts } from '../../../ui/record/fieldFacts'

export const leadFacts = (
  sources: readonly string[],
  lostReasons: readonly string[],
  lead: Lead,
): Fact<Lead>[] =>
  fieldFacts<Lead, typeof leadFields>(leadFields, {
    title: false,
    stage: false,
    contact: {
      editor: { type: 'reference', of: 'contact', createWith: { companyId: lead.company } },
    },
    probability: {
      show: ({ probability, effectiveProbability }) =>
        probability === null ? `${effectiveProbability}% (of the stage)` : `${probability}%`,
      apply: (row, value) => ({
        ...row,
        probability: typeof value === 'number' ? value : null,
        effectiveProbability: typeof value === 'number' ? value : row.effectiveProbability,
      }),
    },
    source: { editor: { type: 'suggest', suggestions: sources } },
    lostReason: lead.status === 'lost' && {
      editor: { type: 'suggest', suggestions: lostReasons },
    },
  })
