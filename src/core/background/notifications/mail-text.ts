/** A notification, or several in one, as an e-mail. */
import { Temporal } from 'temporal-polyfill'
import type { Notification } from '../../../contract/background/notifications'
import type { MailMessage } from '../../kernel/host/mailer'
import { dayText, timeText } from '../../kernel/time/time-text'
import { zonedTime } from '../../kernel/time/zone'

/** @param zone the reader's IANA zone, for times of day */
export function composeMail(
  notifications: Notification[],
  zone: string,
): Pick<MailMessage, 'subject' | 'text' | 'html'> {
  const [first] = notifications as [Notification]
  const subject =
    notifications.length === 1 ? first.title : `${notifications.length} notifications from Rapport`
  const time = (instant: string) => {
    const at = zonedTime(Date.parse(instant), zone)
    return `${dayText(at)}, ${timeText(at)}`
  }
  const day = (date: string) => dayText(Temporal.PlainDate.from(date))
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
