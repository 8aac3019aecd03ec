/** The settings: sections about the workspace, its words and fields, the program. */
import { IconSettings } from '@tabler/icons-react'
import { createRoute } from '@tanstack/react-router'
import type { Area } from '../../../app/area'
import { lazyPage } from '../../../app/parts'
import { rootRoute } from '../../../app/root'
import { settingsGroups } from '../../../app/settingsSections'

const under = { getParentRoute: () => rootRoute }

export const routes = [
  createRoute({
    ...under,
    path: '/settings',
    component: lazyPage(() => import('./SettingsIndex'), 'SettingsIndex'),
  }),
  createRoute({
    ...under,
    path: '/settings/preferences',
    component: lazyPage(() => import('./PreferencesSection'), 'PreferencesSection'),
  }),
  createRoute({
    ...under,
    path: '/settings/workspace',
    component: lazyPage(() => import('./WorkspaceSection'), 'WorkspaceSection'),
  }),
  createRoute({
    ...under,
    path: '/settings/activities',
    component: lazyPage(() => import('./WordsSection'), 'WordsSection'),
  }),
  createRoute({
    ...under,
    path: '/settings/fields',
    component: lazyPage(() => import('./FieldsSection'), 'FieldsSection'),
  }),
  createRoute({
    ...under,
    path: '/settings/api',
    component: lazyPage(() => import('./ApiSection'), 'ApiSection'),
  }),
  createRoute({
    ...under,
    path: '/settings/about',
    component: lazyPage(() => import('./AboutSection'), 'AboutSection'),
  }),
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
