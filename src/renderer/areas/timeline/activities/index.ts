/** Activities: everything logged and planned, statistics, templates. */
import { IconChartBar, IconTemplate, IconUsersPlus } from '@tabler/icons-react'
import { createRoute } from '@tanstack/react-router'
import { api } from '../../../api'
import type { Area } from '../../../app/area'
import { bulkAction } from '../../../app/bulkActions'
import { loadBulkActions, loadRecordPage, loadRecordParts } from '../../../app/contributions'
import { lazyPage, lazyPart } from '../../../app/parts'
import { firstPageOf, readOf } from '../../../app/reads'
import { createNew, goToList } from '../../../app/recordArea'
import { recordPart } from '../../../app/recordParts'
import { kinds } from '../../../app/records'
import { rootRoute } from '../../../app/root'
import { logKinds } from './links'
import { timelineOf, upcomingOf } from './timelineQueries'

const { icon } = kinds.activity

export const routes = [
  createRoute({
    getParentRoute: () => rootRoute,
    path: '/activities',
    // Its list, and its timelines of what is planned.
    loader: (input) =>
      Promise.all([loadBulkActions('activity')(input), loadRecordParts('activity')(input)]),
    component: lazyPage(() => import('./ActivitiesPage')),
  }),
  createRoute({
    getParentRoute: () => rootRoute,
    path: '/activities/$id',
    loader: loadRecordPage('activity', (id) =>
      readOf(api.activities.get.queryOptions({ input: { id } })),
    ),
    component: lazyPage(() => import('./ActivityPage')),
  }),
] as const

export const area: Area = {
  navigation: [{ label: 'Activities', icon, to: '/activities', order: 70, section: 'main' }],
  actions: [
    goToList('activity', { keys: 'g a' }),
    {
      id: 'go-statistics',
      label: 'Activity statistics',
      group: 'Go to',
      icon: IconChartBar,
      keywords: ['chart', 'trend', 'numbers'],
      run: (app) => app.goTo('/activities?tab=statistics'),
    },
    {
      id: 'go-templates',
      label: 'Activity templates',
      group: 'Go to',
      icon: IconTemplate,
      run: (app) => app.goTo('/activities?tab=templates'),
    },
    createNew('activity', { keywords: ['log', 'add'] }),
    {
      id: 'log-many',
      label: 'Log on several records at once',
      group: 'Log',
      icon: IconUsersPlus,
      keywords: ['bulk'],
      permission: 'write',
      run: (app) => app.create('activity', { initial: { several: true } }),
    },
  ],
  recordParts: [
    recordPart({
      name: 'timeline',
      label: 'Timeline',
      of: logKinds,
      place: 'tab',
      order: 10,
      reads: (kind, id) => [
        firstPageOf(timelineOf(kind, id)),
        readOf(upcomingOf(kind, id)),
        readOf(api.activities.types.list.queryOptions()),
        readOf(api.activities.outcomes.list.queryOptions()),
      ],
      component: lazyPage(() => import('./TimelineTab'), 'TimelineTab'),
    }),
  ],
  bulkActions: [
    bulkAction({
      name: 'log',
      of: logKinds,
      order: 10,
      component: lazyPage(() => import('./BulkLog'), 'BulkLog'),
    }),
  ],
  createDialogs: { activity: lazyPart(() => import('./CreateActivity')) },
  formDialogs: { 'activity-bulk': lazyPart(() => import('./BulkLogFormDialog')) },
}
