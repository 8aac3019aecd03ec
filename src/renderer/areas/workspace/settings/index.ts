/** The settings: sections about the workspace, its words and fields, the program. */
import { IconSettings } from '@tabler/icons-react'
import type { Area } from '../../../app/area'
import { pageRoute } from '../../../app/pageRoute'
import { settingsGroups } from '../../../app/settingsSections'

export const routes = [
  pageRoute('/settings', () => import('./SettingsIndex'), 'SettingsIndex'),
  pageRoute('/settings/preferences', () => import('./PreferencesSection'), 'PreferencesSection'),
  pageRoute('/settings/workspace', () => import('./WorkspaceSection'), 'WorkspaceSection'),
  pageRoute('/settings/activities', () => import('./WordsSection'), 'WordsSection'),
  pageRoute('/settings/fields', () => import('./FieldsSection'), 'FieldsSection'),
  pageRoute('/settings/api', () => import('./ApiSection'), 'ApiSection'),
  pageRoute('/settings/about', () => import('./AboutSection'), 'AboutSection'),
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
