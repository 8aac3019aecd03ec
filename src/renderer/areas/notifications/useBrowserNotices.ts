/**
 * Notifications of the browser, in the web host: what came due is shown once among all tabs, as the
 * core hands each of them out to one page only. The desktop program has popups of its own.
 */
import { useQuery } from '@tanstack/react-query'
import { useEffect, useRef } from 'react'
import { client, door } from '../../api'
import { useApp } from '../../app/actions'
import { placeOf } from './words'

/** How often a page asks by itself, in milliseconds: the change feed tells it sooner. */
const askEvery = 30_000

export const browserNoticesAreGranted = (): boolean =>
  door === 'web' && 'Notification' in window && Notification.permission === 'granted'

export function useBrowserNotices(): void {
  const app = useApp()
  const shown = useRef<string[]>([])
  // Under the notifications' own key, so that news of one asks again at once.
  const { data } = useQuery({
    queryKey: [['notifications', 'takeForBrowser'], {}],
    enabled: browserNoticesAreGranted(),
    refetchInterval: askEvery,
    queryFn: async () => {
      const confirmed = shown.current
      const taken = await client.notifications.takeForBrowser({ shown: confirmed })
      shown.current = shown.current.filter((id) => !confirmed.includes(id))
      return taken
    },
  })
  useEffect(() => {
    for (const { deliveryId, notification } of data ?? []) {
      if (shown.current.includes(deliveryId)) continue
      const popup = new Notification(notification.title, {
        body: notification.body,
        // The same one asked for again replaces itself instead of standing there twice.
        tag: notification.id,
      })
      popup.onclick = () => {
        window.focus()
        app.goTo(placeOf(notification.record))
        popup.close()
      }
      shown.current.push(deliveryId)
    }
    if (shown.current.length === 0) return
    const confirmed = shown.current
    client.notifications.takeForBrowser({ shown: confirmed }).then(
      () => {
        shown.current = shown.current.filter((id) => !confirmed.includes(id))
      },
      // Confirmed with the next asking.
      () => {},
    )
  }, [data, app])
}
