/** What a new plan is made of, as it is written in the dialog, and the dates that the core works out for it. */
import { useDebouncedValue } from '@mantine/hooks'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { dequal } from 'dequal'
import type { Reference } from '../../../../contract/kernel/shapes'
import type { CadenceStepInput } from '../../../../contract/outreach/cadences'
import type { AssignmentTarget } from '../../../../contract/outreach/enrolment'
import { api } from '../../../api'
import { instantOf } from '../../../ui/when/times'
import { faultsOf, inputOf, type OwnStep } from './ownSteps'

/** Who plans are made for, as the core is asked. */
export type Target = Partial<AssignmentTarget>

/** What somebody has filled in. */
export interface Written {
  kind: 'cadence' | 'own'
  chosen: string | null
  name: string
  steps: OwnStep[]
  leadIds: string[]
  begin: string | null
  user: Reference | null
}

/** What plans are made of: a stored cadence, or steps that are written here. */
type Source = { cadenceId: string } | { name?: string; steps: CadenceStepInput[] }

/** How long a pause in typing lasts before the dates are worked out, in milliseconds. */
const pause = 300

/** Null while something is missing or wrong. */
function sourceOf({ kind, chosen, name, steps }: Written, today: string): Source | null {
  if (kind === 'cadence') return chosen ? { cadenceId: chosen } : null
  if (faultsOf(steps, today).size > 0) return null
  return { ...(name.trim() && { name: name.trim() }), steps: inputOf(steps, today) }
}

export function useAssignment(written: Written, target: Target | null, today: string) {
  const { kind, leadIds, begin, user } = written
  const source = sourceOf(written, today)
  const isAsked = target !== null || leadIds.length > 0
  // Own steps say by their days when they begin.
  const startAt = kind === 'cadence' && begin ? instantOf(begin) : undefined
  const input = {
    ...source,
    target: target ?? { leadIds },
    ...(startAt && { startAt }),
    ...(user && { userId: user.id }),
  }
  const [settled] = useDebouncedValue(input, pause)
  const isSettled = dequal(settled, input)
  const simulation = useQuery({
    ...api.plans.simulate.queryOptions({ input: settled }),
    enabled: source !== null && isAsked && isSettled,
    placeholderData: keepPreviousData,
    retry: false,
  })
  return {
    /** What the core is asked for. */
    input,
    simulation,
    hasSource: source !== null,
    /** The dates to show; those of the input before while new ones are worked out. */
    shown: source !== null && isAsked ? simulation.data : undefined,
    isCurrent: isSettled && !simulation.isPlaceholderData,
  }
}
