/** What is said of the open leads of a scope; true of that scope, and of no more. Pure. */
import type { LeadScope } from '../../../../contract/kernel/words'
import { countOf } from '../../../app/records'

export interface ScopeCount {
  scope: LeadScope
  open: number
  withoutStep: number
}

export const scopeLabels: Readonly<Record<LeadScope, string>> = {
  mine: 'Mine',
  team: 'My team',
  everybody: 'Everybody',
}

const has = (count: number) => (count === 1 ? 'has' : 'have')

/** "2,089 open leads of your team have no next step." */
export function scopeText({ scope, open, withoutStep }: ScopeCount): string {
  const whose = { mine: 'of yours ', team: 'of your team ', everybody: '' }[scope]
  if (open === 0)
    return {
      mine: 'You have no open leads.',
      team: 'Your team has no open leads.',
      everybody: 'There are no open leads.',
    }[scope]
  if (withoutStep > 0)
    return `${countOf('lead', withoutStep).replace(/ /, ' open ')} ${whose}${has(withoutStep)} no next step.`
  return {
    mine: 'Each of your open leads has its next step.',
    team: 'Each open lead of your team has its next step.',
    everybody: 'Every open lead has its next step.',
  }[scope]
}

/** The next wider scope with leads that wait for nothing, to be mentioned beside one that has none. */
export const wider = <Count extends ScopeCount>(
  counts: readonly Count[],
  scope: LeadScope,
): Count | undefined =>
  counts
    .slice(counts.findIndex((count) => count.scope === scope) + 1)
    .find(({ withoutStep }) => withoutStep > 0)
