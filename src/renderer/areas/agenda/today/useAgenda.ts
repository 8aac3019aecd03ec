/** What waits for somebody, and doing something with it: shown at once, taken back on a refusal. */
import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { api } from '../../../api'
import { agendaQuery } from './agendaQuery'
import { type Action, type Agenda, afterAction, type Target } from './queue'

/** What becomes overdue does so by the clock alone, without any change of a row. */
export const refreshEvery = 60_000

/** @param userId whose; undefined is the caller's own */
export function useAgenda(days: number, userId: string | undefined) {
  return useQuery({
    ...agendaQuery(days, userId),
    placeholderData: keepPreviousData,
    refetchInterval: refreshEvery,
  })
}

export type Act = (targets: readonly Target[], action: Action) => void

/** One undoable action over items of any kind. */
export function useAct(): Act {
  const cache = useQueryClient()
  const { mutate } = useMutation(
    api.agenda.act.mutationOptions({
      onMutate: async ({ targets, action }) => {
        const queryKey = api.agenda.today.key()
        await cache.cancelQueries({ queryKey })
        cache.setQueriesData<Agenda>(
          { queryKey },
          (agenda) => agenda && afterAction(agenda, targets, action, new Date()),
        )
      },
      // The change feed tells of success; a refusal changed nothing that it could tell of.
      onError: () => cache.invalidateQueries({ queryKey: api.agenda.key() }),
    }),
  )
  return (targets, action) => {
    if (targets.length === 0) return
    mutate({ targets: targets.map(({ kind, id }) => ({ kind, id })), action })
  }
}
