/** All contacts as a list. */
import { useInfiniteQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { api, client } from '../../../api'
import { useMe } from '../../../app/session'
import { useCustomFields } from '../../../ui/customFields'
import { pagesOf } from '../../../ui/list/definition'
import { RecordList } from '../../../ui/list/RecordList'
import { useListState } from '../../../ui/list/state'
import { contactList } from './list'

const defaultSort = 'name'

export default function ContactsPage() {
  const store = useListState()
  const userId = useMe()?.id
  const customFields = useCustomFields('contact')
  const definition = useMemo(() => contactList({ customFields, userId }), [customFields, userId])
  const pages = useInfiniteQuery(
    api.contacts.list.infiniteOptions(pagesOf(store.state, defaultSort)),
  )
  return (
    <RecordList
      definition={definition}
      store={store}
      pages={pages}
      defaultSort={defaultSort}
      bulk={(input) => client.contacts.bulk(input)}
    />
  )
}
