import { EventEmitter } from 'node:events'
import type { ActivationArguments, NotificationConstructorOptions } from 'electron'
import { describe, expect, it } from 'vitest'
import type { NoticePlace } from '../contract/background/notifications'
import { createPopups, type NotificationSystem } from './popups'

/** A system that shows popups as Electron's does, and what came of them. */
function createSystem(
  platform: NodeJS.Platform,
  place: NoticePlace | Error = { record: null, screen: 'today' },
) {
  const open: Popup[] = []
  const done: unknown[] = []
  let activate: (details: ActivationArguments) => void = () => {}
  class Popup extends EventEmitter {
    constructor(readonly options: NotificationConstructorOptions) {
      super()
    }
    show() {
      open.push(this)
    }
    close() {
      open.splice(open.indexOf(this), 1)
      this.emit('close', {})
    }
    static isSupported = () => true
    static handleActivation = (callback: typeof activate) => {
      activate = callback
    }
  }
  const popups = createPopups(
    {
      system: Popup as unknown as NotificationSystem,
      async answer(given) {
        done.push(given)
        if (place instanceof Error) throw place
        return place
      },
      show: (at) => void done.push(at ?? 'window'),
      report: (error) => void done.push(error),
    },
    platform,
  )
  return { popups, open, done, activate: (details: ActivationArguments) => activate(details) }
}

const notice = (id: string) => ({
  id,
  title: `Call ${id}`,
  body: 'Acme',
  actions: ['complete', 'snooze'] as ('complete' | 'snooze')[],
})
const settled = () => new Promise((done) => setImmediate(done))

describe('Popups of the operating system', () => {
  it('have buttons on macOS and Windows, which answer without opening the window', async () => {
    for (const platform of ['darwin', 'win32'] as const) {
      const { popups, open, done } = createSystem(platform)
      expect(await popups.notify(notice('a'))).toBe(true)
      expect(open[0]?.options.actions?.map(({ text }) => text)).toEqual(['Complete', 'Snooze'])
      open[0]?.emit('action', { actionIndex: 0 })
      open[0]?.emit('action', { actionIndex: 1 })
      await settled()
      expect(done).toEqual([
        { notificationId: 'a', action: 'complete' },
        { notificationId: 'a', action: 'snooze' },
      ])
    }
  })

  it('have none on Linux; a click shows the window at the record', async () => {
    const place: NoticePlace = { record: { kind: 'lead', id: 'l1' }, screen: 'today' }
    const { popups, open, done } = createSystem('linux', place)
    await popups.notify(notice('a'))
    expect(open[0]?.options.actions).toEqual([])
    open[0]?.emit('click', {})
    await settled()
    expect(done).toEqual(['window', { notificationId: 'a', action: 'open' }, place])
  })

  it('lead to what waits where they cannot be answered', async () => {
    const failure = new Error('The popup could not be answered.')
    const { popups, open, done } = createSystem('darwin', failure)
    await popups.notify(notice('a'))
    open[0]?.emit('action', { actionIndex: 0 })
    await settled()
    expect(done.slice(1)).toEqual([failure, { record: null, screen: 'today' }])
  })

  it('give way, the oldest first, when they would cover the screen', async () => {
    const { popups, open } = createSystem('darwin')
    for (const id of ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'g']) await popups.notify(notice(id))
    expect(open.map(({ options }) => options.id)).toEqual(['c', 'd', 'e', 'f', 'g'])
    open[0]?.close()
    await popups.notify(notice('h'))
    expect(open.map(({ options }) => options.id)).toEqual(['d', 'e', 'f', 'g', 'h'])
  })

  it('on Windows are answered also after the program that showed them has ended', async () => {
    const { done, activate } = createSystem('win32')
    activate({ type: 'action', actionIndex: 1, arguments: 'type=action&action=1&tag=a' })
    activate({ type: 'click', arguments: 'type=click&tag=b' })
    activate({ type: 'click', arguments: '' })
    await settled()
    expect(done).toEqual([
      { notificationId: 'a', action: 'snooze' },
      'window',
      { notificationId: 'b', action: 'open' },
      'window',
      { record: null, screen: 'today' },
    ])
  })

  it('say something of the program’s own, and lead to its window', () => {
    const { popups, open, done } = createSystem('linux')
    popups.say('Rapport stays in the tray', 'Quit it from there.')
    open[0]?.emit('click', {})
    expect(done).toEqual(['window'])
  })
})
