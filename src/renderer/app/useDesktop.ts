/** Does what the desktop program's menu and tray ask for. */
import { useEffect } from 'react'
import type { DesktopCommand } from '../../contract/desktop'
import type { AppActions } from './actions'
import { kinds, type PageKind } from './records'

export function useDesktop(app: AppActions): void {
  useEffect(
    () =>
      window.rapport?.onMessage((message) => {
        if (message.type === 'route') app.goTo(message.path)
        else if (message.type === 'record') openRecord(app, message)
        else answers[message.command](app)
      }),
    [app],
  )
}

function openRecord(app: AppActions, { kind, id }: { kind: string; id: string }): void {
  if (kind in kinds) app.openRecord(kind as PageKind, id)
  else app.goTo('/today')
}

/** On a record's page what is logged is that record's. */
const log = (shortcut: DesktopCommand, type: string) => (app: AppActions) => {
  if (!app.press(shortcut)) app.create('activity', { initial: { type } })
}

const answers: Record<DesktopCommand, (app: AppActions) => void> = {
  newLead: (app) => app.create('lead'),
  newCompany: (app) => app.create('company'),
  newContact: (app) => app.create('contact'),
  newTask: (app) => app.create('task'),
  newReminder: (app) => app.create('reminder'),
  logCall: log('logCall', 'call'),
  logEmail: log('logEmail', 'email'),
  logMeeting: log('logMeeting', 'meeting'),
  logNote: log('logNote', 'note'),
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
