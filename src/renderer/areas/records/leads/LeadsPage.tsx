/** All leads as a list. */
import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { api, client } from '../../../api'
import { RecordList } from '../../../ui/list/RecordList'
import { MoneyText } from '../../../ui/MoneyText'
import { useFacets } from '../../../ui/useFacets'
import { type ListOptions, useRecordList } from '../useRecordList'
import { leadList } from './list'

const noSources: string[] = []

export default function LeadsPage() {
  const sources = useFacets()?.sources ?? noSources
  const listOf = (options: ListOptions) => leadList({ ...options, sources, now: new Date() })
  const { list, asked } = useRecordList('lead', listOf, '-updatedAt')
  const { q, filter } = list.store.state
  const pages = useInfiniteQuery(api.leads.list.infiniteOptions(asked))
  const worth = useQuery({
    ...api.pipeline.overview.queryOptions({ input: { q, filter } }),
    placeholderData: keepPreviousData,
  }).data?.total
  // The overview speaks of one pipeline; where the list shows more, it says nothing.
  const total = pages.data?.pages[0]?.total
  const summed = worth && worth.leads === total && worth.value.length > 0
  return (
    <RecordList
      {...list}
      pages={pages}
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
