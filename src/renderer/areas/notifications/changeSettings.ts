/** How the parts of the settings say what is to be kept. */
import type { NotificationSettingsUpdate } from '../../../contract/notifications'

export type ChangeSettings = (change: NotificationSettingsUpdate) => void
