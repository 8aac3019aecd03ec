/** The pipeline: its board, the program's home, and the settings of pipelines and stages. */
import { IconLayoutKanban } from '@tabler/icons-react'
import type { Area } from '../../../app/area'
import { pageRoute } from '../../../app/pageRoute'

const loadBoardPage = () => import('./PipelinePage')

export const routes = [
  pageRoute('/pipeline', loadBoardPage, 'default', async ({ context, location }) => {
    const page = await loadBoardPage().catch(() => undefined)
    return page?.readBoard(context.cache, location.search)
  }),
  pageRoute('/settings/pipelines', () => import('./settings/PipelinesPage')),
] as const

export const area: Area = {
  navigation: [
    {
      label: 'Pipeline',
      icon: IconLayoutKanban,
      to: '/pipeline',
      order: 10,
      section: 'main',
      onPhone: true,
    },
  ],
  actions: [
    {
      id: 'go-pipeline',
      label: 'Pipeline',
      description: 'The board',
      group: 'Go to',
      icon: IconLayoutKanban,
      keys: 'g p',
      keywords: ['board', 'kanban', 'stages', 'deals'],
      run: (app) => app.goTo('/pipeline'),
    },
  ],
}
