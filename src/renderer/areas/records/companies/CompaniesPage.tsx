/** All companies as a list. */
import { useInfiniteQuery } from '@tanstack/react-query'
import { api, client } from '../../../api'
import { RecordList } from '../../../ui/list/RecordList'
import { useRecordList } from '../useRecordList'
import { companyList } from './list'

export default function CompaniesPage() {
  const { list, asked } = useRecordList('company', companyList, 'name')
  const pages = useInfiniteQuery(api.companies.list.infiniteOptions(asked))
  return <RecordList {...list} pages={pages} bulk={(input) => client.companies.bulk(input)} />
}
