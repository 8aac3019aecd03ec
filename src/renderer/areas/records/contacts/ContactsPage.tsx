/** All contacts as a list. */
import { useInfiniteQuery } from '@tanstack/react-query'
import { client } from '../../../api'
import { RecordList } from '../../../ui/list/RecordList'
import { useRecordList } from '../useRecordList'
import { contactsOf, defaultSort } from './contactQueries'
import { contactList } from './list'

export default function ContactsPage() {
  const { list } = useRecordList('contact', contactList, defaultSort)
  const pages = useInfiniteQuery(contactsOf(list.store.state))
  return <RecordList {...list} pages={pages} bulk={(input) => client.contacts.bulk(input)} />
}
