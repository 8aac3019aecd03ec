/** Tasks: their list, their pages, and how one is made. */
import { createRoute } from '@tanstack/react-router'
import type { Area } from '../../../app/area'
import { loadRecordParts } from '../../../app/contributions'
import { lazyPage, lazyPart } from '../../../app/parts'
import { kinds } from '../../../app/records'
import { rootRoute } from '../../../app/root'

const { icon } = kinds.task

export const routes = [
  createRoute({
    getParentRoute: () => rootRoute,
    path: '/tasks',
    component: lazyPage(() => import('./TasksPage')),
  }),
  createRoute({
    getParentRoute: () => rootRoute,
    path: '/tasks/$id',
    loader: loadRecordParts('task'),
    component: lazyPage(() => import('./TaskPage')),
  }),
] as const

export const area: Area = {
  navigation: [{ label: 'Tasks', icon, to: '/tasks', order: 72, section: 'main' }],
  actions: [
    {
      id: 'go-tasks',
      label: 'Tasks',
      group: 'Go to',
      icon,
      keys: 'g k',
      keywords: ['todo', 'to-do'],
      run: (app) => app.goTo('/tasks'),
    },
    {
      id: 'create-task',
      label: 'New task',
      group: 'Create',
      icon,
      keywords: ['todo', 'add'],
      permission: 'write',
      run: (app) => app.create('task'),
    },
  ],
  createDialogs: { task: lazyPart(() => import('./CreateTask')) },
}
