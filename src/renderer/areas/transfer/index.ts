/** Import and export of files. */
import { IconFileImport, IconHistory } from '@tabler/icons-react'
import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { lazy } from 'react'
import type { Area } from '../../app/area'
import { rootRoute } from '../../app/root'

const under = { getParentRoute: () => rootRoute }

export const routes = [
  createRoute({
    ...under,
    path: '/import',
    component: lazyRouteComponent(() => import('./FileStep'), 'FileStep'),
  }),
  createRoute({
    ...under,
    path: '/import/format',
    component: lazyRouteComponent(() => import('./FormatStep'), 'FormatStep'),
  }),
  createRoute({
    ...under,
    path: '/import/fields',
    component: lazyRouteComponent(() => import('./FieldsStep'), 'FieldsStep'),
  }),
  createRoute({
    ...under,
    path: '/import/check',
    component: lazyRouteComponent(() => import('./CheckStep'), 'CheckStep'),
  }),
  createRoute({
    ...under,
    path: '/import/history',
    component: lazyRouteComponent(() => import('./HistoryScreen'), 'HistoryScreen'),
  }),
  createRoute({
    ...under,
    path: '/import/runs/$importId',
    component: lazyRouteComponent(() => import('./RunScreen'), 'RunScreen'),
  }),
] as const

export const area: Area = {
  navigation: [
    {
      label: 'Import',
      icon: IconFileImport,
      to: '/import',
      order: 70,
      section: 'more',
      permission: 'import',
    },
  ],
  actions: [
    {
      id: 'import',
      label: 'Import a file',
      group: 'Do',
      icon: IconFileImport,
      keywords: ['csv', 'spreadsheet', 'excel', 'upload'],
      keys: 'g i',
      permission: 'import',
      run: (app) => app.goTo('/import'),
    },
    {
      id: 'import-history',
      label: 'Past imports',
      description: 'See, undo or resume them',
      group: 'Go to',
      icon: IconHistory,
      keywords: ['import', 'history', 'undo'],
      permission: 'import',
      run: (app) => app.goTo('/import/history'),
    },
  ],
  indicator: lazy(() => import('./ImportIndicator')),
}
