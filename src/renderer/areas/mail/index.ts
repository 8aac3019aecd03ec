/** E-mail: accounts, templates, the outbox, and who is not written to. */
import { IconSend } from '@tabler/icons-react'
import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import type { Area } from '../../app/area'
import { rootRoute } from '../../app/root'

const under = { getParentRoute: () => rootRoute }

export const routes = [
  createRoute({
    ...under,
    path: '/outbox',
    component: lazyRouteComponent(() => import('./OutboxPage')),
  }),
  createRoute({
    ...under,
    path: '/settings/mail',
    component: lazyRouteComponent(() => import('./AccountsSection'), 'AccountsSection'),
  }),
  createRoute({
    ...under,
    path: '/settings/templates',
    component: lazyRouteComponent(() => import('./TemplatesSection'), 'TemplatesSection'),
  }),
  createRoute({
    ...under,
    path: '/settings/opt-outs',
    component: lazyRouteComponent(() => import('./OptOutsSection'), 'OptOutsSection'),
  }),
] as const

export const area: Area = {
  navigation: [{ label: 'Outbox', icon: IconSend, to: '/outbox', order: 75, section: 'more' }],
  actions: [
    {
      id: 'go-outbox',
      label: 'Outbox',
      description: 'E-mails to approve, on their way, sent',
      group: 'Go to',
      icon: IconSend,
      keywords: ['mail', 'email', 'approve', 'sent'],
      run: (app) => app.goTo('/outbox'),
    },
  ],
}
