/** Reminders: their list, their pages, and how one is made. */
import { createRoute } from '@tanstack/react-router'
import type { Area } from '../../../app/area'
import { loadRecordParts } from '../../../app/contributions'
import { lazyPage, lazyPart } from '../../../app/parts'
import { recordPart } from '../../../app/recordParts'
import { kinds } from '../../../app/records'
import { rootRoute } from '../../../app/root'
import { isOpen } from '../../timeline/activities/due'

const { icon } = kinds.reminder

export const routes = [
  createRoute({
    getParentRoute: () => rootRoute,
    path: '/reminders',
    component: lazyPage(() => import('./RemindersPage')),
  }),
  createRoute({
    getParentRoute: () => rootRoute,
    path: '/reminders/$id',
    loader: loadRecordParts('reminder'),
    component: lazyPage(() => import('./ReminderPage')),
  }),
] as const

export const area: Area = {
  recordParts: [
    recordPart({
      name: 'reminders',
      of: ['task', 'activity'],
      place: 'related',
      order: 10,
      when: (record) => record.kind === 'task' || isOpen(record.row),
      component: lazyPage(() => import('./RemindersOf'), 'RemindersOf'),
    }),
  ],
  navigation: [{ label: 'Reminders', icon, to: '/reminders', order: 74, section: 'main' }],
  actions: [
    {
      id: 'go-reminders',
      label: 'Reminders',
      group: 'Go to',
      icon,
      keys: 'g r',
      keywords: ['alarm', 'snoozed'],
      run: (app) => app.goTo('/reminders'),
    },
    {
      id: 'create-reminder',
      label: 'New reminder',
      group: 'Create',
      icon,
      keywords: ['remind', 'alarm', 'add'],
      permission: 'write',
      run: (app) => app.create('reminder'),
    },
  ],
  createDialogs: { reminder: lazyPart(() => import('./CreateReminder')) },
}
