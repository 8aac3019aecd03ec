/** E-mail: accounts, templates, the outbox, and who is not written to. */
import { IconSend } from '@tabler/icons-react'
import type { Area } from '../../../app/area'
import { pageRoute } from '../../../app/pageRoute'
import { lazyPage, lazyPart } from '../../../app/parts'
import { recordPart } from '../../../app/recordParts'

export const routes = [
  pageRoute('/outbox', () => import('./OutboxPage')),
  pageRoute('/settings/mail', () => import('./AccountsSection'), 'AccountsSection'),
  pageRoute('/settings/templates', () => import('./TemplatesSection'), 'TemplatesSection'),
  pageRoute('/settings/opt-outs', () => import('./OptOutsSection'), 'OptOutsSection'),
] as const

export const area: Area = {
  recordParts: [
    recordPart({
      name: 'send an e-mail',
      of: ['lead', 'contact'],
      place: 'actions',
      order: 40,
      when: (record) =>
        record.kind === 'lead'
          ? !record.readOnly && record.row.contact !== null
          : Boolean(record.row.email) && !record.row.optedOut,
      component: lazyPage(() => import('./SendEmailButton'), 'SendEmailButton'),
    }),
  ],
  formDialogs: {
    email: lazyPart(() => import('./EmailDialog')),
    'email-edit': lazyPart(() => import('./EditEmailDialog')),
  },
  navigation: [
    {
      label: 'Outbox',
      icon: IconSend,
      to: '/outbox',
      order: 75,
      section: 'more',
      badge: lazyPart(() => import('./DecideBadge')),
    },
  ],
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
