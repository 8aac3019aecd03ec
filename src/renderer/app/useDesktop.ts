/** Does what the desktop program's menu and tray ask for. */
import { useEffect } from 'react'
import type { DesktopCommand } from '../../contract/desktop'
import type { AppActions } from './actions'

export function useDesktop(app: AppActions): void {
  useEffect(
    () =>
      window.rapport?.onMessage((message) => {
        if (message.type === 'route') app.goTo(message.path)
        else answers[message.command](app)
      }),
    [app],
  )
}

const answers: Record<DesktopCommand, (app: AppActions) => void> = {
  newLead: (app) => app.create('lead'),
  newCompany: (app) => app.create('company'),
  newContact: (app) => app.create('contact'),
  // On a record's page the call is that record's.
  logCall: (app) => {
    if (!app.press('logCall')) app.create('activity', { initial: { type: 'call' } })
  },
  search: (app) => app.openPalette(),
  shortcuts: (app) => app.openKeyboardMap(),
  undo: (app) => {
    if (!editText('undo')) app.undo()
  },
  redo: (app) => {
    if (!editText('redo')) app.redo()
  },
}

/** In a text field Undo means the typing; answers whether one has the focus. */
function editText(command: 'undo' | 'redo'): boolean {
  const focus = document.activeElement
  const isField = focus instanceof HTMLInputElement || focus instanceof HTMLTextAreaElement
  const isText = isField || (focus instanceof HTMLElement && focus.isContentEditable)
  // The only way to reach a field's own history.
  if (isText) document.execCommand(command)
  return isText
}
