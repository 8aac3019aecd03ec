import { join } from 'node:path'
import Database from 'better-sqlite3'
import { describe, expect, onTestFinished, test } from 'vitest'
import { createAreas } from '../../assembly/areas'
import { createLive } from '../../kernel/change-log/live'
import type { Notice } from '../../kernel/host/host'
import type { MailMessage, MailOutcome } from '../../kernel/host/mailer'
import { quietUntil } from '../../kernel/time/quiet-hours'
import { openTestCore, silentHost } from '../../testing/testing'
import { createNotifications } from './notifications'

/** Notifications with a mail server and popups that answer what the test says. */
async function openOutbox() {
  const core = await openTestCore()
  const { clock, owner, client } = core
  await client.users.update({ id: owner.userId, email: 'me@example.com' })
  const messages: MailMessage[] = []
  const popups: Notice[] = []
  const answers: { mail: MailOutcome; popup: () => Promise<boolean> } = {
    mail: { outcome: 'sent' },
    popup: async () => true,
  }
  const host = {
    ...silentHost,
    notify: (notice: Notice) => {
      popups.push(notice)
      return answers.popup()
    },
  }
  const open = () => {
    const connection = new Database(join(core.directory, 'rapport.db'))
    onTestFinished(() => void connection.close())
    const areas = createAreas(connection, {
      clock,
      live: createLive(),
      directory: core.directory,
      host,
    })
    return createNotifications(areas.kernel, {
      host,
      mailer: {
        async send(message) {
          messages.push(message)
          return answers.mail
        },
      },
      popups: { native: true, browser: true },
      act: () => {},
      report: () => {},
    })
  }
  const notifications = open()
  let last = 0
  return {
    ...core,
    open,
    notifications,
    messages,
    popups,
    answers,
    post: (channel: 'native' | 'email' | 'browser', title = `News ${last + 1}`) =>
      notifications.tell((post) =>
        post({
          userId: owner.userId,
          kind: 'milestone',
          key: `news:${++last}`,
          title,
          channels: [channel],
        }),
      ),
    dispatch: (channel: 'native' | 'email' = 'email') =>
      notifications.outbox.work(() => true, [channel]),
    /** State and error of every delivery, latest first. */
    states: async () =>
      (await client.notifications.deliveries.list({})).items.map(({ state, error }) =>
        error === null ? state : `${state}: ${error}`,
      ),
  }
}

describe('E-mail', () => {
  test('is sent once, under an id of its own', async () => {
    const { post, dispatch, messages, states } = await openOutbox()
    post('email', 'A deal <won>')
    await dispatch()
    await dispatch()
    expect(messages).toMatchObject([{ to: 'me@example.com', subject: 'A deal <won>' }])
    expect(messages[0]?.html).toContain('A deal &lt;won&gt;')
    expect(await states()).toEqual(['sent'])
  })

  test('that fails is tried again ever later under the same id, then set aside and reported', async () => {
    const { post, dispatch, messages, answers, states, clock, client } = await openOutbox()
    answers.mail = {
      outcome: 'failed',
      retry: true,
      failure: 'busy',
      message: 'The server is busy.',
    }
    post('email')
    for (let attempt = 0; attempt < 12; attempt++) {
      await dispatch()
      clock.advance(75 * 60_000)
    }
    expect(messages).toHaveLength(10)
    expect(new Set(messages.map(({ messageId }) => messageId)).size).toBe(1)
    expect(await states()).toEqual(['dead: The server is busy.'])
    const { items } = await client.notifications.list({ kind: ['delivery_failed'] })
    expect(items).toMatchObject([{ body: 'The server is busy.' }])
    answers.mail = { outcome: 'sent' }
    const { items: dead } = await client.notifications.deliveries.list({ state: ['dead'] })
    await client.notifications.deliveries.retry({ id: dead[0]?.id ?? '' })
    await dispatch()
    expect(await states()).toEqual(['sent'])
  })

  test('of which nobody knows whether it went out is never sent again by itself', async () => {
    const { post, dispatch, messages, answers, states, clock } = await openOutbox()
    answers.mail = { outcome: 'unknown', message: 'The connection broke.' }
    post('email')
    await dispatch()
    answers.mail = { outcome: 'sent' }
    clock.advance(86_400_000)
    await dispatch()
    expect(messages).toHaveLength(1)
    expect(await states()).toEqual(['unknown: The connection broke.'])
  })

  test('that a program had taken and died is unknown to the next; the truth that comes late counts', async () => {
    const { post, open, answers, states, dispatch, notifications } = await openOutbox()
    const hangs = Promise.withResolvers<boolean>()
    answers.popup = () => hangs.promise
    post('native')
    const sending = dispatch('native')
    const next = open()
    await next.outbox.work(() => true)
    expect(await states()).toEqual(['taken'])
    next.outbox.takeOver()
    expect(await states()).toEqual(['unknown: Rapport was stopped while this went out.'])
    await next.outbox.work(() => true)
    hangs.resolve(true)
    await sending
    expect(await states()).toEqual(['sent'])
    expect(notifications.holder).not.toBe(next.holder)
  })

  test('comes as one message an hour where that is wanted', async () => {
    const { post, dispatch, messages, clock, client } = await openOutbox()
    await client.notifications.settings.update({ emailAs: 'hourly' })
    post('email', 'First')
    clock.advance(10 * 60_000)
    post('email', 'Second')
    await dispatch()
    expect(messages).toEqual([])
    clock.set('2026-11-20T10:00:00Z')
    await dispatch()
    expect(messages).toMatchObject([{ subject: '2 notifications from Rapport' }])
    expect(messages[0]?.text).toMatch(/First[\s\S]*Second/)
  })
})

describe('Quiet hours', () => {
  test('hold popups back, which then come as one', async () => {
    const { post, dispatch, popups, clock, client, states } = await openOutbox()
    await client.notifications.settings.update({
      quietHours: { on: true, from: '09:00', to: '17:00', days: [] },
    })
    for (let index = 0; index < 5; index++) post('native')
    await dispatch('native')
    expect(popups).toEqual([])
    clock.set('2026-11-20T17:00:00Z')
    await dispatch('native')
    expect(popups).toMatchObject([{ title: '5 notifications', actions: [] }])
    expect(await states()).toEqual(Array(5).fill('sent'))
  })

  const night = { on: true, from: '22:00', to: '07:00', days: [6, 7] }
  test.each([
    ['in the evening', '2026-11-19T23:00:00Z', 'Europe/Prague', '2026-11-20T06:00:00.000Z'],
    ['in the morning', '2026-11-20T05:30:00Z', 'Europe/Prague', '2026-11-20T06:00:00.000Z'],
    [
      'on Friday night, over the weekend',
      '2026-11-20T22:30:00Z',
      'Europe/Prague',
      '2026-11-23T06:00:00.000Z',
    ],
    ['not by day', '2026-11-20T12:00:00Z', 'Europe/Prague', undefined],
    [
      'where the night has an hour more',
      '2026-10-25T03:30:00Z',
      'America/New_York',
      '2026-10-26T11:00:00.000Z',
    ],
  ])('%s end when they say', (_, now, zone, end) => {
    const until = quietUntil(Date.parse(now), night, zone)
    expect(until === undefined ? undefined : new Date(until).toISOString()).toBe(end)
  })

  test('end at the second of two equal times where clocks are set back', () => {
    const quiet = { on: true, from: '22:00', to: '01:45', days: [] }
    // Lord Howe sets back by half an hour at two: 01:40 for the second time.
    expect(quietUntil(Date.parse('2026-04-04T15:10:00Z'), quiet, 'Australia/Lord_Howe')).toBe(
      Date.parse('2026-04-04T15:15:00Z'),
    )
  })
})

describe('A browser', () => {
  test('is handed each once, again after a minute unless it confirms', async () => {
    const { post, notifications, owner, clock, states } = await openOutbox()
    post('browser', 'Hello')
    const take = (shown: string[] = []) => notifications.takeForBrowser(owner, shown)
    const [first] = take()
    expect(first?.notification.title).toBe('Hello')
    expect(take()).toEqual([])
    clock.advance(60_000)
    expect(take()).toHaveLength(1)
    expect(take([first?.deliveryId ?? ''])).toEqual([])
    clock.advance(120_000)
    expect(take()).toEqual([])
    expect(await states()).toEqual(['sent'])
  })

  test('gets many as one, and confirms them as one', async () => {
    const { post, notifications, owner, states } = await openOutbox()
    for (let index = 0; index < 6; index++) post('browser')
    const taken = notifications.takeForBrowser(owner, [])
    expect(taken).toMatchObject([{ notification: { title: '6 notifications', subject: null } }])
    notifications.takeForBrowser(owner, [taken[0]?.deliveryId ?? ''])
    expect(await states()).toEqual(Array(6).fill('sent'))
  })
})
