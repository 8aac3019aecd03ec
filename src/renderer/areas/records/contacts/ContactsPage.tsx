/** All contacts as a list. */
import { useInfiniteQuery } from '@tanstack/react-query'
import { api, client } from '../../../api'
import { RecordList } from '../../../ui/list/RecordList'
import { useRecordList } from '../useRecordList'
import { contactList } from './list'

export default function ContactsPage() {
  const { list, asked } = useRecordList('contact', contactList, 'name')
  const pages = useInfiniteQuery(api.contacts.list.infiniteOptions(asked))
  return <RecordList {...list} pages={pages} bulk={(input) => client.contacts.bulk(input)} />
}
