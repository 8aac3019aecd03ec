/** Activities of all records: everything, what is pending or overdue, statistics, templates. */
import { Button, Tabs, Title } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import { lazy, Suspense } from 'react'
import { useApp } from '../../app/actions'
import { RoutePending } from '../../app/RouteStates'
import { useMay } from '../../app/session'
import { useListState } from '../../ui/list/state'
import classes from './Activities.module.css'
import { AllActivities } from './AllActivities'
import { OpenActivities } from './OpenActivities'

const Statistics = lazy(() => import('./Statistics'))
const Templates = lazy(() => import('./Templates'))

const tabs = [
  { value: 'all', label: 'All' },
  { value: 'pending', label: 'Planned' },
  { value: 'overdue', label: 'Overdue' },
  { value: 'statistics', label: 'Statistics' },
  { value: 'templates', label: 'Templates' },
] as const

export default function ActivitiesPage() {
  const store = useListState()
  const app = useApp()
  const mayWrite = useMay('write')
  const shown = tabs.find(({ value }) => value === store.state.tab)?.value ?? 'all'
  return (
    <Tabs
      className={classes.page}
      value={shown}
      onChange={(value) => store.replace(value === 'all' || !value ? {} : { tab: value })}
      classNames={{ panel: classes.panel }}
    >
      <div className={classes.bar}>
        <Title order={1} className={classes.title}>
          Activities
        </Title>
        <Tabs.List className={classes.tabs}>
          {tabs.map(({ value, label }) => (
            <Tabs.Tab key={value} value={value}>
              {label}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        {mayWrite && (
          <Button
            className={classes.add}
            leftSection={<IconPlus size={15} />}
            onClick={() => app.create('activity')}
          >
            New activity
          </Button>
        )}
      </div>
      <Tabs.Panel value="all">
        <AllActivities store={store} />
      </Tabs.Panel>
      <Tabs.Panel value="pending">
        <OpenActivities which="pending" />
      </Tabs.Panel>
      <Tabs.Panel value="overdue">
        <OpenActivities which="overdue" />
      </Tabs.Panel>
      <Tabs.Panel value="statistics">
        <Suspense fallback={<RoutePending />}>
          <Statistics />
        </Suspense>
      </Tabs.Panel>
      <Tabs.Panel value="templates">
        <Suspense fallback={<RoutePending />}>
          <Templates />
        </Suspense>
      </Tabs.Panel>
    </Tabs>
  )
}
