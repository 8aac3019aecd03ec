/** Leads: their list, their pages, and what the palette can do with them. */
import { createRoute } from '@tanstack/react-router'
import type { Area } from '../../../app/area'
import { loadBulkActions, loadRecordParts } from '../../../app/contributions'
import { lazyPage, lazyPart } from '../../../app/parts'
import { kinds } from '../../../app/records'
import { rootRoute } from '../../../app/root'

const { icon } = kinds.lead

export const routes = [
  createRoute({
    getParentRoute: () => rootRoute,
    path: '/leads',
    loader: loadBulkActions('lead'),
    component: lazyPage(() => import('./LeadsPage')),
  }),
  createRoute({
    getParentRoute: () => rootRoute,
    path: '/leads/$id',
    loader: loadRecordParts('lead'),
    component: lazyPage(() => import('./LeadPage')),
  }),
] as const

export const area: Area = {
  navigation: [{ label: 'Leads', icon, to: '/leads', order: 20, section: 'main', onPhone: true }],
  actions: [
    {
      id: 'go-leads',
      label: 'Leads',
      group: 'Go to',
      icon,
      keys: 'g l',
      run: (app) => app.goTo('/leads'),
    },
    {
      id: 'create-lead',
      label: 'New lead',
      group: 'Create',
      icon,
      keys: 'n',
      keywords: ['deal', 'opportunity', 'add'],
      permission: 'write',
      run: (app) => app.create('lead'),
    },
  ],
  createDialogs: { lead: lazyPart(() => import('./CreateLead')) },
}
