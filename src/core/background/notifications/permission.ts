/** Whether a delivery may go out now: somebody may have dealt with what it says, or the hours may be quiet. */
import type { NotificationChannel } from '../../../contract/background/words'
import type { Kernel } from '../../kernel/kernel'
import type { Permission } from '../../kernel/queue/queue'
import { earliest } from './quiet'
import type { NoticeRows, NotificationRow, StoredDelivery } from './rows'
import type { SettingsOfPeople } from './settings'

/** A popup about something this old helps nobody: the centre has it. */
const popupLife = 12 * 3_600_000
const isPopup = (channel: NotificationChannel) => channel === 'native' || channel === 'browser'

export function createPermission(
  { database, clock }: Kernel,
  { settings, notices }: { settings: SettingsOfPeople; notices: NoticeRows },
) {
  return function mayGo(row: StoredDelivery): Permission {
    const now = clock.now()
    const notice = notices.of(row)
    const needless = whyNeedless(row, notice, now)
    if (needless !== undefined) return { may: 'never', error: needless }
    // Quiet hours may have been set since.
    const quietEnd = earliest(
      now,
      row.channel,
      { ...settings.of(notice.user_id), emailAs: 'single' },
      settings.zoneOf(notice.user_id),
    )
    return quietEnd > now ? { may: 'wait', until: quietEnd } : { may: 'go' }
  }

  function whyNeedless(
    { channel }: StoredDelivery,
    notice: NotificationRow,
    now: number,
  ): string | undefined {
    if (notice.subject_kind !== null) {
      if (notice.subject_due === null) return 'Done before it went out.'
      if (!notice.key.endsWith(`:${notice.subject_due}`)) return 'Moved before it went out.'
    }
    if (notice.read_at !== null) return 'Read in Rapport before.'
    if (isPopup(channel) && notice.at < now - popupLife) return 'Too old for a popup.'
    const isPerson = database.get(
      'select 1 from user where id = ? and active = 1 and deleted_at is null',
      notice.user_id,
    )
    return isPerson ? undefined : 'This user is not active any more.'
  }
}
