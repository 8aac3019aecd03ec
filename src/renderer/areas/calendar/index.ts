/** Calendar files: the section of the settings, and the import. */
import { IconCalendarDown } from '@tabler/icons-react'
import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import type { Area } from '../../app/area'
import { rootRoute } from '../../app/root'

const under = { getParentRoute: () => rootRoute }

export const routes = [
  createRoute({
    ...under,
    path: '/settings/calendar',
    component: lazyRouteComponent(() => import('./FilesSection'), 'FilesSection'),
  }),
  createRoute({
    ...under,
    path: '/settings/calendar/import',
    component: lazyRouteComponent(() => import('./ImportSection'), 'ImportSection'),
  }),
] as const

export const area: Area = {
  actions: [
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
