/** All leads as a list. */
import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { api, client } from '../../../api'
import { useMe } from '../../../app/session'
import { useCustomFields } from '../../../ui/customFields'
import { pagesOf } from '../../../ui/list/definition'
import { RecordList } from '../../../ui/list/RecordList'
import { useListState } from '../../../ui/list/state'
import { MoneyText } from '../../../ui/MoneyText'
import { useFacets } from '../../../ui/useFacets'
import { leadList } from './list'

const defaultSort = '-updatedAt'
const noSources: string[] = []

export default function LeadsPage() {
  const store = useListState()
  const userId = useMe()?.id
  const customFields = useCustomFields('lead')
  const sources = useFacets()?.sources ?? noSources
  const definition = useMemo(
    () => leadList({ customFields, sources, userId, now: new Date() }),
    [customFields, sources, userId],
  )
  const { q, filter } = store.state
  const pages = useInfiniteQuery(api.leads.list.infiniteOptions(pagesOf(store.state, defaultSort)))
  const worth = useQuery({
    ...api.pipeline.overview.queryOptions({ input: { q, filter } }),
    placeholderData: keepPreviousData,
  }).data?.total
  // The overview speaks of one pipeline; where the list shows more, it says nothing.
  const total = pages.data?.pages[0]?.total
  const summed = worth && worth.leads === total && worth.value.length > 0
  return (
    <RecordList
      definition={definition}
      store={store}
      pages={pages}
      defaultSort={defaultSort}
      summary={
        summed && (
          <>
            {' '}
            worth <MoneyText value={worth.value} />
          </>
        )
      }
      bulk={(input) => client.leads.bulk(input)}
    />
  )
}
