/** Import and export of files. */
import { IconFileExport, IconFileImport, IconHistory } from '@tabler/icons-react'
import { createRoute } from '@tanstack/react-router'
import type { Area } from '../../../app/area'
import { lazyPage, lazyPart } from '../../../app/parts'
import { rootRoute } from '../../../app/root'

const under = { getParentRoute: () => rootRoute }

export const routes = [
  createRoute({
    ...under,
    path: '/import',
    component: lazyPage(() => import('./FileStep'), 'FileStep'),
  }),
  createRoute({
    ...under,
    path: '/import/format',
    component: lazyPage(() => import('./FormatStep'), 'FormatStep'),
  }),
  createRoute({
    ...under,
    path: '/import/fields',
    component: lazyPage(() => import('./FieldsStep'), 'FieldsStep'),
  }),
  createRoute({
    ...under,
    path: '/import/check',
    component: lazyPage(() => import('./CheckStep'), 'CheckStep'),
  }),
  createRoute({
    ...under,
    path: '/import/history',
    component: lazyPage(() => import('./HistoryScreen'), 'HistoryScreen'),
  }),
  createRoute({
    ...under,
    path: '/import/runs/$importId',
    component: lazyPage(() => import('./RunScreen'), 'RunScreen'),
  }),
  createRoute({
    ...under,
    path: '/export',
    component: lazyPage(() => import('./ExportScreen'), 'ExportScreen'),
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
      id: 'export-everything',
      label: 'Export everything',
      description: 'Every record, as CSV files',
      group: 'Do',
      icon: IconFileExport,
      keywords: ['csv', 'download', 'backup', 'move'],
      permission: 'export',
      run: (app) => app.goTo('/export'),
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
  exportDialog: lazyPart(() => import('./ExportDialog')),
  indicator: lazyPart(() => import('./ImportIndicator')),
}
