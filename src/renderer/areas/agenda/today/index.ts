/** Today: everything that waits for somebody in one queue, and the line that adds to it. */
import { IconBolt, IconSun } from '@tabler/icons-react'
import type { Area } from '../../../app/area'
import { pageRoute } from '../../../app/pageRoute'
import { lazyPage, lazyPart } from '../../../app/parts'
import { readAll, readOf } from '../../../app/reads'
import { recordPart } from '../../../app/recordParts'
import { logKinds } from '../../timeline/activities/links'
import { agendaQuery, fewDays } from './agendaQuery'

export const routes = [
  pageRoute(
    '/today',
    () => import('./TodayPage'),
    'default',
    ({ context: { cache } }) => readAll(cache, [readOf(agendaQuery(fewDays, undefined))]),
  ),
] as const

export const area: Area = {
  navigation: [
    {
      label: 'Today',
      icon: IconSun,
      to: '/today',
      order: 5,
      section: 'main',
      onPhone: true,
      badge: lazyPart(() => import('./CountBadge')),
    },
  ],
  actions: [
    {
      id: 'go-today',
      label: 'Today',
      description: 'What is overdue, due and coming',
      group: 'Go to',
      icon: IconSun,
      keys: 'g d',
      keywords: ['agenda', 'queue', 'due', 'overdue', 'home'],
      run: (app) => app.goTo('/today'),
    },
    {
      id: 'quick-entry',
      label: 'Quick entry',
      description: 'A task or reminder in one line: call Acme tomorrow 3pm !high',
      group: 'Create',
      icon: IconBolt,
      keys: 'q',
      keywords: ['task', 'reminder', 'add', 'new'],
      permission: 'write',
      run: (app) => {
        if (!app.press('quickEntry')) app.create('entry')
      },
    },
  ],
  createDialogs: { entry: lazyPart(() => import('./EntryDialog')) },
  recordParts: [
    recordPart({
      name: 'plan a next step',
      of: logKinds,
      place: 'actions',
      order: 10,
      component: lazyPage(() => import('./NextStepActions'), 'NextStepActions'),
    }),
    recordPart({
      name: 'next steps',
      of: logKinds,
      place: 'next',
      order: 30,
      component: lazyPage(() => import('./NextSteps'), 'NextSteps'),
    }),
  ],
}
