/** Says in a toast that something was not saved, where no form can say it. */
import { notifications } from '@mantine/notifications'
import { isDialogOpen } from './dialogs'
import { messageOf } from './problems'

export function sayNotSaved(error: unknown): void {
  notifications.show({
    color: 'red',
    title: 'Not saved',
    message: messageOf(error),
    // Above the dialog that it came from: see app.css.
    ...(isDialogOpen() && { position: 'top-center' }),
  })
}
