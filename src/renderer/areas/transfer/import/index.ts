/** Import and export of files. */
import { IconFileExport, IconFileImport, IconHistory } from '@tabler/icons-react'
import type { Area } from '../../../app/area'
import { pageRoute } from '../../../app/pageRoute'
import { lazyPage, lazyPart } from '../../../app/parts'

export const routes = [
  pageRoute(
    '/import',
    lazyPage(() => import('./FileStep'), 'FileStep'),
  ),
  pageRoute(
    '/import/format',
    lazyPage(() => import('./FormatStep'), 'FormatStep'),
  ),
  pageRoute(
    '/import/fields',
    lazyPage(() => import('./FieldsStep'), 'FieldsStep'),
  ),
  pageRoute(
    '/import/check',
    lazyPage(() => import('./CheckStep'), 'CheckStep'),
  ),
  pageRoute(
    '/import/history',
    lazyPage(() => import('./HistoryScreen'), 'HistoryScreen'),
  ),
  pageRoute(
    '/import/runs/$importId',
    lazyPage(() => import('./RunScreen'), 'RunScreen'),
  ),
  pageRoute(
    '/export',
    lazyPage(() => import('./ExportScreen'), 'ExportScreen'),
  ),
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
