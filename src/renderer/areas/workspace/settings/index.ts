/** The settings: sections about the workspace, its words and fields, the program. */
import { IconSettings } from '@tabler/icons-react'
import type { Area } from '../../../app/area'
import { pageRoute } from '../../../app/pageRoute'
import { lazyPage } from '../../../app/parts'
import { settingsGroups } from '../../../app/settingsSections'

export const routes = [
  pageRoute(
    '/settings',
    lazyPage(() => import('./SettingsIndex'), 'SettingsIndex'),
  ),
  pageRoute(
    '/settings/preferences',
    lazyPage(() => import('./PreferencesSection'), 'PreferencesSection'),
  ),
  pageRoute(
    '/settings/workspace',
    lazyPage(() => import('./WorkspaceSection'), 'WorkspaceSection'),
  ),
  pageRoute(
    '/settings/activities',
    lazyPage(() => import('./WordsSection'), 'WordsSection'),
  ),
  pageRoute(
    '/settings/fields',
    lazyPage(() => import('./FieldsSection'), 'FieldsSection'),
  ),
  pageRoute(
    '/settings/api',
    lazyPage(() => import('./ApiSection'), 'ApiSection'),
  ),
  pageRoute(
    '/settings/about',
    lazyPage(() => import('./AboutSection'), 'AboutSection'),
  ),
] as const

export const area: Area = {
  navigation: [
    { label: 'Settings', icon: IconSettings, to: '/settings', order: 90, section: 'more' },
  ],
  actions: settingsGroups
    .flatMap((group) => group.sections)
    .map(({ to, label, text, icon }) => ({
      id: `go${to.replaceAll('/', '-')}`,
      label: `Settings: ${label}`,
      description: text,
      group: 'Go to' as const,
      icon,
      keywords: ['settings', 'preferences', 'options'],
      run: (app) => app.goTo(to),
    })),
}
