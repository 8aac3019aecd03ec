/** Reads the stored drafts at the start, when another tab adds or removes one, and on coming back. */
import { queryOptions, useQuery } from '@tanstack/react-query'
import { useStore } from 'zustand'
import { api, client } from '../../api'
import { drafts } from './drafts'

/** Puts what is stored among the drafts. */
export const storedDrafts = queryOptions({
  queryKey: api.drafts.list.key(),
  queryFn: async () => {
    const asked = drafts.moment()
    const stored = await client.drafts.list({})
    drafts.load(stored, asked)
    return stored
  },
})

/** Whether forms may open: they begin with what was typed before. */
export function useStoredDrafts(): boolean {
  const { isError } = useQuery({ ...storedDrafts, refetchOnWindowFocus: 'always' })
  const ready = useStore(drafts.store, (state) => state.ready)
  return ready || isError
}
