/** Popups of the operating system: what is due, and what can be done about it at once. */
import type { ActivationArguments, Notification, NotificationConstructorOptions } from 'electron'
import type { NoticeAction, NoticePlace } from '../contract/background/notifications'
import type { CoreWorker, Host } from '../core/worker/client'

export interface PopupNeeds {
  system: NotificationSystem
  answer: CoreWorker['answerNotice']
  /** Shows the window, where one is to go if that is known. */
  show(place?: NoticePlace): void
  report(error: unknown): void
}

/** As much of Electron's `Notification` as is used. */
export interface NotificationSystem {
  new (options: NotificationConstructorOptions): Notification
  isSupported(): boolean
  handleActivation(callback: (details: ActivationArguments) => void): void
}

export interface Popups {
  /** Answers false where there are no popups. */
  notify: Host['notify']
  /** Says something of the program's own. */
  say(title: string, body: string): void
}

const labels = { complete: 'Complete', snooze: 'Snooze' } as const
/** More would cover the screen: the oldest gives way, the notification centre has them all. */
const mostAtOnce = 5

/**
 * On macOS and Windows a popup has buttons; on Linux a click opens the record, which has them.
 * Windows may report one press twice: the core takes the same answer any number of times.
 */
export function createPopups(
  { system, answer, show, report }: PopupNeeds,
  platform: NodeJS.Platform = process.platform,
): Popups {
  const hasButtons = platform === 'darwin' || platform === 'win32'
  /** Without a reference a popup's events would be lost. */
  const shown = new Map<string, Notification>()

  const respond = async (notificationId: string, action: NoticeAction) => {
    if (action === 'open') show()
    try {
      const place = await answer({ notificationId, action })
      if (action === 'open') show(place)
    } catch (error) {
      report(error)
      // What it was about is gone, or was never kept: what waits is there to be seen.
      show({ record: null, screen: 'today' })
    }
  }

  const open = (id: string, options: NotificationConstructorOptions) => {
    shown.get(id)?.close()
    const [oldest] = shown.keys()
    if (oldest !== undefined && shown.size >= mostAtOnce) {
      shown.get(oldest)?.close()
      shown.delete(oldest)
    }
    const popup = new system({ id, ...options })
    shown.set(id, popup)
    const forget = () => {
      if (shown.get(id) === popup) shown.delete(id)
    }
    popup.on('close', forget)
    popup.on('failed', (_event, error) => {
      forget()
      report(new Error(`A popup could not be shown: ${error}`))
    })
    return popup
  }

  // Also what is pressed in the system's own list, even if that starts the program.
  if (platform === 'win32')
    system.handleActivation(({ type, actionIndex, arguments: given }) => {
      const id = new URLSearchParams(given).get('tag')
      // What the program said of itself leads to its window.
      if (!id || id === ownId) return show()
      void respond(id, type === 'action' ? buttonAt(actionIndex) : 'open')
    })

  return {
    async notify({ id, title, body, actions }) {
      if (!system.isSupported()) return false
      const buttons = hasButtons ? actions : []
      const popup = open(id, {
        title,
        body,
        // What is to be done stays until somebody has seen it.
        timeoutType: actions.length > 0 ? 'never' : 'default',
        actions: buttons.map((action) => ({ type: 'button' as const, text: labels[action] })),
      })
      popup.on('click', () => void respond(id, 'open'))
      popup.on('action', ({ actionIndex }) => void respond(id, buttons[actionIndex] ?? 'open'))
      popup.show()
      return true
    },
    say(title, body) {
      if (!system.isSupported()) return
      const popup = open(ownId, { title, body })
      popup.on('click', () => show())
      popup.show()
    },
  }
}

const ownId = 'rapport'

/** Of a popup that an earlier run has shown only the number of the button is known. */
const buttonAt = (index: number | undefined): NoticeAction =>
  index === 0 ? 'complete' : index === 1 ? 'snooze' : 'open'
