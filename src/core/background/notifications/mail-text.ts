/** A notification, or several in one, as an e-mail. */
import { DateTime } from 'luxon'
import type { Notification } from '../../../contract/background/notifications'
import type { MailMessage } from '../../kernel/host/mailer'

/** @param zone the reader's IANA zone, for times of day */
export function composeMail(
  notifications: Notification[],
  zone: string,
): Pick<MailMessage, 'subject' | 'text' | 'html'> {
  const [first] = notifications as [Notification]
  const subject =
    notifications.length === 1 ? first.title : `${notifications.length} notifications from Rapport`
  const time = (instant: string) =>
    DateTime.fromISO(instant, { zone }).setLocale('en').toFormat('ccc d LLL, HH:mm')
  const day = (date: string) => DateTime.fromISO(date).setLocale('en').toFormat('ccc d LLL')
  const entries = notifications.map(({ title, body, at, items }) => ({
    title,
    body,
    at: time(at),
    items: items.map((item) => `${item.day ? day(item.day) : time(item.at)}  ${item.title}`),
  }))
  return {
    subject: subject.replace(/\s+/g, ' '),
    text: entries
      .map(({ title, body, at, items }) =>
        [title, ...(body ? [body] : []), ...items.map((item) => `- ${item}`), at].join('\n'),
      )
      .join('\n\n'),
    html: entries
      .map(
        ({ title, body, at, items }) =>
          `<h3>${escaped(title)}</h3>${body ? `<p>${escaped(body).replaceAll('\n', '<br>')}</p>` : ''}${
            items.length > 0
              ? `<ul>${items.map((item) => `<li>${escaped(item)}</li>`).join('')}</ul>`
              : ''
          }<p><small>${escaped(at)}</small></p>`,
      )
      .join('\n'),
  }
}

const escaped = (text: string) =>
  text.replace(/[&<>"]/g, (sign) => `&${{ '&': 'amp', '<': 'lt', '>': 'gt', '"': 'quot' }[sign]};`)
