/** Import and export of files. */
import { IconFileExport, IconFileImport, IconHistory } from '@tabler/icons-react'
import type { Area } from '../../../app/area'
import { pageRoute } from '../../../app/pageRoute'
import { lazyPart } from '../../../app/parts'

export const routes = [
  pageRoute('/import', () => import('./FileStep'), 'FileStep'),
  pageRoute('/import/format', () => import('./FormatStep'), 'FormatStep'),
  pageRoute('/import/fields', () => import('./FieldsStep'), 'FieldsStep'),
  pageRoute('/import/check', () => import('./CheckStep'), 'CheckStep'),
  pageRoute('/import/history', () => import('./HistoryScreen'), 'HistoryScreen'),
  pageRoute('/import/runs/$importId', () => import('./RunScreen'), 'RunScreen'),
  pageRoute('/export', () => import('./ExportScreen'), 'ExportScreen'),
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
