/** Reading the queue of due steps and doing one of them: gone at once, back on a refusal. */
import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import type * as z from 'zod'
import type { DueStep, plans } from '../../../../contract/outreach/plans'
import { api, client } from '../../../api'

type Due = z.output<NonNullable<(typeof plans.due)['~orpc']['outputSchema']>>

/** What comes due does so by the clock alone, without any change of a row. */
export const refreshEvery = 60_000

/** As many as are worked through in one go. */
const most = 200

/** @param userId whose; undefined is the caller's own */
export const useDue = (userId: string | undefined) =>
  useQuery({
    ...api.plans.due.queryOptions({ input: { limit: most, ...(userId ? { userId } : {}) } }),
    placeholderData: keepPreviousData,
    refetchInterval: refreshEvery,
  })

export type StepAct =
  | {
      type: 'complete'
      outcome: string | null
      note: string
      /** Where the outcome would stop the plan and it is to continue. */
      plan?: 'continue' | undefined
      /** It stays due, and its note unsaved. */
      onRefused?(): void
    }
  | { type: 'skip' }
  | { type: 'pause'; until: string }
  | { type: 'replied' }
  | { type: 'abort' }

interface StepRequest {
  step: DueStep
  act: StepAct
}

/** One undoable action on a step that is due, after which it is not due any more. */
export function useStepAct() {
  const cache = useQueryClient()
  return useMutation({
    mutationFn: ({ step: { plan }, act }: StepRequest) => {
      const { id } = plan
      const stepId = plan.step?.stepId
      switch (act.type) {
        case 'complete':
          return client.plans.completeStep({
            id,
            stepId,
            outcome: act.outcome,
            description: act.note.trim() || null,
            ...(act.plan && { plan: act.plan }),
          })
        case 'skip':
          return client.plans.skip({ id, stepId })
        case 'pause':
          return client.plans.pause({ id, until: act.until })
        case 'replied':
          return client.plans.replied({ id })
        case 'abort':
          return client.plans.abort({ id })
      }
    },
    onMutate: async ({ step }) => {
      const queryKey = api.plans.due.key()
      await cache.cancelQueries({ queryKey })
      cache.setQueriesData<Due>({ queryKey }, (due) => {
        const items = due?.items.filter(({ plan }) => plan.id !== step.plan.id)
        return due && items && items.length < due.items.length
          ? { ...due, items, total: due.total - 1 }
          : due
      })
    },
    // The change feed tells of success; a refusal changed nothing that it could tell of.
    onError: (_error, { act }) => {
      if (act.type === 'complete') act.onRefused?.()
      return cache.invalidateQueries({ queryKey: api.plans.key() })
    },
  })
}
