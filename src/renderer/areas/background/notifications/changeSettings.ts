/** How the parts of the settings say what is to be kept. */

import type { NotificationSettingsUpdate } from '../../../../contract/background/notifications'
import type { BasedOn } from '../../../../contract/kernel/based-on'

export type ChangeSettings = (change: NotificationSettingsUpdate & { basedOn?: BasedOn }) => void
