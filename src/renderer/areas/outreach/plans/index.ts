/** Plans: cadences at work on leads, and the queue in which their steps are done one after the other. */
import { IconPlayerTrackNext } from '@tabler/icons-react'
import { createRoute } from '@tanstack/react-router'
import type { Area } from '../../../app/area'
import { bulkAction } from '../../../app/bulkActions'
import { loadRecordParts } from '../../../app/contributions'
import { lazyPage, lazyPart } from '../../../app/parts'
import { readOf } from '../../../app/reads'
import { recordPart } from '../../../app/recordParts'
import { rootRoute } from '../../../app/root'
import { plansOf } from './planQueries'

export const routes = [
  createRoute({
    getParentRoute: () => rootRoute,
    path: '/queue',
    loader: loadRecordParts('activity'),
    component: lazyPage(() => import('./QueuePage')),
  }),
] as const

export const area: Area = {
  recordParts: [
    recordPart({
      name: 'start a cadence',
      of: ['lead', 'contact', 'company'],
      place: 'actions',
      order: 20,
      when: (record) => record.kind !== 'lead' || record.row.status === 'open',
      component: lazyPage(() => import('./AssignActions'), 'StartCadence'),
    }),
    recordPart({
      name: 'plans',
      of: ['lead', 'contact'],
      place: 'next',
      order: 10,
      reads: (kind, id) => [readOf(plansOf(kind, id))],
      component: lazyPage(() => import('./PlansOf'), 'PlansOf'),
    }),
    recordPart({
      name: 'plans',
      of: ['company'],
      place: 'related',
      order: 10,
      component: lazyPage(() => import('./CompanyPlans'), 'CompanyPlans'),
    }),
  ],
  bulkActions: [
    bulkAction({
      name: 'assign a cadence',
      of: ['lead'],
      order: 20,
      component: lazyPage(() => import('./AssignActions'), 'BulkAssign'),
    }),
  ],
  formDialogs: { assign: lazyPart(() => import('./AssignFormDialog')) },
  navigation: [
    {
      label: 'Queue',
      icon: IconPlayerTrackNext,
      to: '/queue',
      order: 6,
      section: 'main',
    },
  ],
  actions: [
    {
      id: 'go-queue',
      label: 'Cadence queue',
      description: 'The steps that are due, one lead after the other',
      group: 'Go to',
      icon: IconPlayerTrackNext,
      keys: 'g n',
      keywords: ['next lead', 'cadence', 'steps', 'due', 'plan'],
      run: (app) => app.goTo('/queue'),
    },
  ],
}
