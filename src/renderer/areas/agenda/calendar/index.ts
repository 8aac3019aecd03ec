/** The calendar: what is planned, due and to be remembered by day, week and month; and calendar files. */
import { IconCalendar, IconCalendarDown } from '@tabler/icons-react'
import type { Area } from '../../../app/area'
import { bulkAction } from '../../../app/bulkActions'
import { pageRoute } from '../../../app/pageRoute'
import { lazyPage } from '../../../app/parts'
import { recordPart } from '../../../app/recordParts'

export const routes = [
  pageRoute('/calendar', () => import('./CalendarPage')),
  pageRoute('/settings/calendar', () => import('./FilesSection'), 'FilesSection'),
  pageRoute('/settings/calendar/import', () => import('./ImportSection'), 'ImportSection'),
] as const

export const area: Area = {
  recordParts: [
    recordPart({
      name: 'add to calendar',
      of: ['activity'],
      place: 'timelineMenu',
      order: 10,
      // Others have no place in a calendar.
      when: ({ row }) => Boolean(row.scheduledAt || row.dueAt || row.durationMinutes),
      component: lazyPage(() => import('./AddToCalendar'), 'AddToCalendar'),
    }),
  ],
  bulkActions: [
    bulkAction({
      name: 'to a calendar',
      of: ['activity'],
      order: 10,
      component: lazyPage(() => import('./CalendarExport'), 'ActivitiesExport'),
    }),
  ],
  navigation: [
    { label: 'Calendar', icon: IconCalendar, to: '/calendar', order: 15, section: 'main' },
  ],
  actions: [
    {
      id: 'go-calendar',
      label: 'Calendar',
      group: 'Go to',
      icon: IconCalendar,
      keys: 'g w',
      keywords: ['week', 'month', 'agenda', 'schedule', 'appointments'],
      run: (app) => app.goTo('/calendar'),
    },
    {
      id: 'import-calendar',
      label: 'Import a calendar (.ics)',
      description: 'Events become activities, after a preview',
      group: 'Do',
      icon: IconCalendarDown,
      keywords: ['ics', 'calendar', 'events', 'outlook', 'google'],
      permission: 'import',
      run: (app) => app.goTo('/settings/calendar/import'),
    },
  ],
}
