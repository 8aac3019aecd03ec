/** Brings the code of what is opened next while nothing else is to be done. */

import { whenIdle } from '../ui/whenIdle'
import { kinds } from './records'
import type { router } from './routes'

/** Lists and pages of records, one after the other. */
export function loadRecordPages({ routesByPath, loadRouteChunk, options }: typeof router): void {
  const routes = Object.values(kinds).flatMap(({ path }) => [
    routesByPath[`/${path}/$id`],
    routesByPath[`/${path}`],
  ])
  const parts = options.context.recordParts.map(({ component }) => component)
  const loads = [
    ...routes.map((route) => () => loadRouteChunk(route)),
    ...parts.map((part) => () => part.preload?.()),
  ]
  const next = () => {
    const load = loads.shift()
    if (!load) return
    whenIdle(async () => {
      // What cannot be loaded now is loaded when it is shown.
      await load()?.catch(() => {})
      next()
    })
  }
  next()
}
