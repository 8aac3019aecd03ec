/**
 * Notifications of the browser, where Rapport runs in one: shown by one page for all of them, and
 * not while somebody looks at Rapport anyway. The desktop program has popups of the system instead.
 */
import { useEffect, useRef, useSyncExternalStore } from 'react'
import type { Notification as Notice } from '../../../../contract/background/notifications'
import { client } from '../../../api'
import { useApp } from '../../../app/actions'
import icon from '../../../app/icon.svg'
import { aborted, isAnyInFront, useTellInFront } from './inFront'
import { pathOf } from './place'

/** What may be shown: `missing` where there is no such thing, as in the desktop program. */
export type BrowserPermission = NotificationPermission | 'missing'

const leader = 'rapport.browser-popups'
/** What quiet hours held back comes without any other sign. */
const askEvery = 30_000
const testKey = 'rapport.popups.testing'
const testTime = 60_000

export const canShowInBrowser = (): boolean =>
  window.rapport === undefined && 'Notification' in window && 'locks' in navigator

export const browserPermission = (): BrowserPermission =>
  canShowInBrowser() ? Notification.permission : 'missing'

/** Follows the permission, which people also change in the browser's own settings. */
export const useBrowserPermission = (): BrowserPermission =>
  useSyncExternalStore(followPermission, browserPermission)

/** Asks for it; only ever called from a click. */
export async function askBrowserPermission(): Promise<void> {
  await Notification.requestPermission()
  for (const listener of listeners) listener()
}

/** The next minute popups come up although Rapport is in front, to see what they look like. */
export const expectTest = (): void => localStorage.setItem(testKey, String(Date.now() + testTime))
const isTesting = (): boolean => Number(localStorage.getItem(testKey) ?? 0) > Date.now()

/** @param news changes whenever there may be something to show */
export function useBrowserPopups(news: unknown): void {
  const { goTo } = useApp()
  const permission = useBrowserPermission()
  const ask = useRef<() => void>(() => {})
  useTellInFront()
  useEffect(() => {
    if (permission !== 'granted') return
    const leaving = new AbortController()
    const { signal } = leaving
    navigator.locks
      .request(leader, { signal }, async () => {
        let asking: Promise<void> = Promise.resolve()
        ask.current = () => {
          asking = asking.then(() => (signal.aborted ? undefined : show(goTo)))
        }
        ask.current()
        const timer = setInterval(ask.current, askEvery)
        await aborted(signal)
        clearInterval(timer)
        ask.current = () => {}
      })
      // The page was left before it was its turn.
      .catch(() => {})
    return () => leaving.abort()
  }, [permission, goTo])
  useEffect(() => {
    if (news) ask.current()
  }, [news])
}

/** Takes what is to be shown, shows it, and says so. What was not shown comes again. */
async function show(goTo: (path: string) => void): Promise<void> {
  try {
    const parcels = await client.notifications.takeForBrowser({ shown: [] })
    if (parcels.length === 0) return
    const seen = !isTesting() && (await isAnyInFront())
    if (!seen)
      for (const { deliveryId, notification } of parcels) popUp(deliveryId, notification, goTo)
    await client.notifications.takeForBrowser({
      shown: parcels.map(({ deliveryId }) => deliveryId),
    })
  } catch {
    // Unreachable, or a browser that only shows what a service worker asks for: it comes again.
  }
}

function popUp(tag: string, notice: Notice, goTo: (path: string) => void): void {
  const popup = new Notification(notice.title, { body: notice.body, tag, icon })
  popup.onclick = () => {
    window.focus()
    popup.close()
    const path = pathOf(notice)
    if (path) goTo(path)
    void client.notifications.read({ id: notice.id }).catch(() => {})
  }
}

const listeners = new Set<() => void>()

function followPermission(listener: () => void): () => void {
  listeners.add(listener)
  let status: PermissionStatus | undefined
  let left = false
  if (canShowInBrowser()) {
    void navigator.permissions
      .query({ name: 'notifications' })
      .then((found) => {
        if (left) return
        status = found
        status.addEventListener('change', listener)
      })
      .catch(() => {})
  }
  return () => {
    left = true
    listeners.delete(listener)
    status?.removeEventListener('change', listener)
  }
}
