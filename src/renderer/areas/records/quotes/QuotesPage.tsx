/** All quotes as a list. */
import { useInfiniteQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { api, client } from '../../../api'
import type { BulkAction, BulkTarget } from '../../../ui/list/definition'
import { pagesOf } from '../../../ui/list/definition'
import { RecordList } from '../../../ui/list/RecordList'
import { useListState } from '../../../ui/list/state'
import { quoteList } from './list'

const defaultSort = '-updatedAt'

export default function QuotesPage() {
  const store = useListState()
  const [definition] = useState(() => quoteList(new Date()))
  const pages = useInfiniteQuery(api.quotes.list.infiniteOptions(pagesOf(store.state, defaultSort)))
  return (
    <RecordList
      definition={definition}
      store={store}
      pages={pages}
      defaultSort={defaultSort}
      bulk={bulk}
    />
  )
}

/** Quotes are decided one by one; in bulk they are only deleted. */
function bulk({ target, action }: { target: BulkTarget; action: BulkAction }) {
  if (action.type !== 'delete') throw new Error('Quotes can only be deleted in bulk.')
  return client.quotes.bulk({ target, action })
}
