/** Reads the stored drafts at the start, when another tab adds or removes one, and on coming back. */
import { useQuery } from '@tanstack/react-query'
import { useEffect } from 'react'
import { useStore } from 'zustand'
import { api, client } from '../../api'
import { drafts } from './drafts'

/** Whether forms may open: they begin with what was typed before. */
export function useStoredDrafts(): boolean {
  const { data, isError } = useQuery({
    queryKey: api.drafts.list.key(),
    queryFn: async () => {
      const asked = drafts.moment()
      return { asked, stored: await client.drafts.list({}) }
    },
    refetchOnWindowFocus: 'always',
  })
  useEffect(() => {
    if (data) drafts.load(data.stored, data.asked)
  }, [data])
  const ready = useStore(drafts.store, (state) => state.ready)
  return ready || isError
}
