/** Contacts: their list, their pages, and what the palette can do with them. */
import { createRoute } from '@tanstack/react-router'
import type { Area } from '../../../app/area'
import { loadBulkActions, loadRecordParts } from '../../../app/contributions'
import { lazyPage, lazyPart } from '../../../app/parts'
import { recordPart } from '../../../app/recordParts'
import { kinds } from '../../../app/records'
import { rootRoute } from '../../../app/root'

const { icon } = kinds.contact

export const routes = [
  createRoute({
    getParentRoute: () => rootRoute,
    path: '/contacts',
    loader: loadBulkActions('contact'),
    component: lazyPage(() => import('./ContactsPage')),
  }),
  createRoute({
    getParentRoute: () => rootRoute,
    path: '/contacts/$id',
    loader: loadRecordParts('contact'),
    component: lazyPage(() => import('./ContactPage')),
  }),
] as const

export const area: Area = {
  recordParts: [
    recordPart({
      name: 'call',
      of: ['contact'],
      place: 'actions',
      order: 30,
      component: lazyPage(() => import('./CallButton'), 'CallButton'),
    }),
  ],
  navigation: [
    { label: 'Contacts', icon, to: '/contacts', order: 40, section: 'main', onPhone: true },
  ],
  actions: [
    {
      id: 'go-contacts',
      label: 'Contacts',
      group: 'Go to',
      icon,
      keys: 'g o',
      run: (app) => app.goTo('/contacts'),
    },
    {
      id: 'create-contact',
      label: 'New contact',
      group: 'Create',
      icon,
      keywords: ['add'],
      permission: 'write',
      run: (app) => app.create('contact'),
    },
  ],
  createDialogs: { contact: lazyPart(() => import('./CreateContact')) },
}
