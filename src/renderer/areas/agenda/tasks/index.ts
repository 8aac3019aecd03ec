/** Tasks: their list, their pages, and how one is made. */
import { api } from '../../../api'
import type { Area } from '../../../app/area'
import { lazyPage, lazyPart } from '../../../app/parts'
import { readOf } from '../../../app/reads'
import { createNew, goToList, recordRoutes } from '../../../app/recordArea'
import { kinds } from '../../../app/records'

const { icon } = kinds.task

export const routes = recordRoutes('task', '/tasks', {
  list: lazyPage(() => import('./TasksPage')),
  page: lazyPage(() => import('./TaskPage')),
  record: (id) => readOf(api.tasks.get.queryOptions({ input: { id } })),
})

export const area: Area = {
  navigation: [{ label: 'Tasks', icon, to: '/tasks', order: 72, section: 'main' }],
  actions: [
    goToList('task', { keys: 'g k', keywords: ['todo', 'to-do'] }),
    createNew('task', { keywords: ['todo', 'add'] }),
  ],
  createDialogs: { task: lazyPart(() => import('./CreateTask')) },
}
