/** The trash: what was deleted, until it is purged. */
import { IconTrash } from '@tabler/icons-react'
import type { Area } from '../../../app/area'
import { pageRoute } from '../../../app/pageRoute'

export const routes = [pageRoute('/trash', () => import('./TrashPage'))] as const

export const area: Area = {
  navigation: [{ label: 'Trash', icon: IconTrash, to: '/trash', order: 120, section: 'more' }],
  actions: [
    {
      id: 'go-trash',
      label: 'Trash',
      group: 'Go to',
      icon: IconTrash,
      keys: 'g t',
      keywords: ['deleted', 'restore', 'bin'],
      run: (app) => app.goTo('/trash'),
    },
  ],
}
