/** Brings one delivery, or several as one, to somebody: by a popup of the system or by e-mail. */
import type { Database } from '../../kernel/database/database'
import type { Host } from '../../kernel/host/host'
import type { Mailer, MailOutcome } from '../../kernel/host/mailer'
import { composeMail } from './mail-text'
import { type NoticeRows, type NotificationRow, type StoredDelivery, toNotification } from './rows'
import type { SettingsOfPeople } from './settings'
import { summaryOf } from './summary'

export type Answer = { shown: boolean } | MailOutcome

export interface AttemptNeeds {
  settings: SettingsOfPeople
  notices: NoticeRows
  host: Host
  mailer: Mailer
  /** Hears of faults that nobody waits for. */
  report(error: unknown): void
}

export function createAttempts(
  database: Database,
  { settings, notices, host, mailer, report }: AttemptNeeds,
) {
  async function showPopup(rows: StoredDelivery[]): Promise<Answer> {
    const shown = rows.map(notices.of)
    const [first] = shown as [NotificationRow]
    const { title, body } = summaryOf(shown.map(toNotification))
    try {
      const isShown = await host.notify({
        id: first.id,
        title,
        body,
        actions: rows.length === 1 && first.subject_kind ? ['complete', 'snooze'] : [],
      })
      return { shown: isShown }
    } catch (error) {
      report(error)
      const message = error instanceof Error ? error.message : String(error)
      return { outcome: 'failed', retry: true, failure: 'refused', message }
    }
  }

  async function sendMail(rows: StoredDelivery[]): Promise<Answer> {
    const [first] = rows as [StoredDelivery]
    const userId = notices.personOf(first)
    const to = database.value<string | null>('select email from user where id = ?', userId)
    if (!to)
      return {
        outcome: 'failed',
        retry: false,
        failure: 'address',
        message: 'You have no e-mail address.',
      }
    return await mailer.send({
      to,
      messageId: `${first.id}@rapport.local`,
      ...composeMail(notices.shown(rows), settings.zoneOf(userId)),
    })
  }

  return { showPopup, sendMail }
}
