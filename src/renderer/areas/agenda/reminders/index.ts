/** Reminders: their list, their pages, and how one is made. */
import { api } from '../../../api'
import type { Area } from '../../../app/area'
import { lazyPage, lazyPart } from '../../../app/parts'
import { readOf } from '../../../app/reads'
import { createNew, goToList, recordRoutes } from '../../../app/recordArea'
import { recordPart } from '../../../app/recordParts'
import { kinds } from '../../../app/records'
import { isOpen } from '../../timeline/activities/due'

const { icon } = kinds.reminder

export const routes = recordRoutes('reminder', '/reminders', {
  list: lazyPage(() => import('./RemindersPage')),
  page: lazyPage(() => import('./ReminderPage')),
  record: (id) => readOf(api.reminders.get.queryOptions({ input: { id } })),
})

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
    goToList('reminder', { keys: 'g r', keywords: ['alarm', 'snoozed'] }),
    createNew('reminder', { keywords: ['remind', 'alarm', 'add'] }),
  ],
  createDialogs: { reminder: lazyPart(() => import('./CreateReminder')) },
}
