/** Sources, tags and lost reasons in use, for suggestions; need not be fresh to the second. */
import { useQuery } from '@tanstack/react-query'
import { api } from '../api'

const goodFor = 60_000

export const useFacets = () =>
  useQuery({ ...api.leads.facets.queryOptions(), staleTime: goodFor }).data
