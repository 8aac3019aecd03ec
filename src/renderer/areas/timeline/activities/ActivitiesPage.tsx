/** Activities of all records: everything, what is pending or overdue, statistics, templates. */
import { Suspense } from 'react'
import { lazyPart } from '../../../app/parts'
import { RoutePending } from '../../../app/RouteStates'
import { useListState } from '../../../ui/list/state'
import { TabbedPage } from '../../../ui/list/TabbedPage'
import { AllActivities } from './AllActivities'
import { OpenActivities } from './OpenActivities'

const Statistics = lazyPart(() => import('./Statistics'))
const Templates = lazyPart(() => import('./Templates'))

const tabs = [
  { value: 'all', label: 'All' },
  { value: 'pending', label: 'Planned' },
  { value: 'overdue', label: 'Overdue' },
  { value: 'statistics', label: 'Statistics' },
  { value: 'templates', label: 'Templates' },
] as const

export default function ActivitiesPage() {
  const store = useListState()
  const shown = tabs.find(({ value }) => value === store.state.tab)?.value ?? 'all'
  return (
    <TabbedPage
      kind="activity"
      tabs={tabs}
      shown={shown}
      onShow={(value) => store.replace(value === 'all' ? {} : { tab: value })}
    >
      {shown === 'all' && <AllActivities store={store} />}
      {shown === 'pending' && <OpenActivities which="pending" />}
      {shown === 'overdue' && <OpenActivities which="overdue" />}
      <Suspense fallback={<RoutePending />}>
        {shown === 'statistics' && <Statistics />}
        {shown === 'templates' && <Templates />}
      </Suspense>
    </TabbedPage>
  )
}
