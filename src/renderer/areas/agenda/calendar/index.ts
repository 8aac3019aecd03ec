/** The calendar: what is planned, due and to be remembered by day, week and month; and calendar files. */
import { IconCalendar, IconCalendarDown } from '@tabler/icons-react'
import { createRoute } from '@tanstack/react-router'
import type { Area } from '../../../app/area'
import { lazyPage } from '../../../app/parts'
import { rootRoute } from '../../../app/root'

const under = { getParentRoute: () => rootRoute }

export const routes = [
  createRoute({
    ...under,
    path: '/calendar',
    component: lazyPage(() => import('./CalendarPage')),
  }),
  createRoute({
    ...under,
    path: '/settings/calendar',
    component: lazyPage(() => import('./FilesSection'), 'FilesSection'),
  }),
  createRoute({
    ...under,
    path: '/settings/calendar/import',
    component: lazyPage(() => import('./ImportSection'), 'ImportSection'),
  }),
] as const

export const area: Area = {
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
