/** How the parts of the settings say what is to be kept. */
import type { BasedOn } from '../../../contract/based-on'
import type { NotificationSettingsUpdate } from '../../../contract/notifications'

export type ChangeSettings = (change: NotificationSettingsUpdate & { basedOn?: BasedOn }) => void
