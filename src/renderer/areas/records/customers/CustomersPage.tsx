/** All customers as a list. */
import { useInfiniteQuery } from '@tanstack/react-query'
import { api, client } from '../../../api'
import { RecordList } from '../../../ui/list/RecordList'
import { useRecordList } from '../useRecordList'
import { customerList } from './list'

export default function CustomersPage() {
  const { list, asked } = useRecordList('customer', customerList, '-updatedAt')
  const pages = useInfiniteQuery(api.customers.list.infiniteOptions(asked))
  return <RecordList {...list} pages={pages} bulk={(input) => client.customers.bulk(input)} />
}
