/**
 * Parts of the program that come from its host when they are first shown. While the host does not
 * answer, a part waits for it where it was asked for: what is on screen stays, with all that is typed.
 */
import { ORPCError } from '@orpc/client'
import { lazyRouteComponent } from '@tanstack/react-router'
import { type ComponentType, lazy } from 'react'
import { client } from '../api'

const shortestPause = 250
const longestPause = 3000

/** Asks again until it has the part. @throws when the host answers and still does not give it, as after an update */
const patiently =
  <Part>(load: () => Promise<Part>) =>
  async (): Promise<Part> => {
    let answered = false
    for (let pause = shortestPause; ; ) {
      try {
        return await load()
      } catch (error) {
        if (answered) throw error
      }
      answered = await hostAnswers()
      if (answered) continue
      await new Promise((done) => setTimeout(done, pause))
      pause = Math.min(pause * 2, longestPause)
    }
  }

/** An answer that refuses is one as well. */
const hostAnswers = () =>
  client.database.status().then(
    () => true,
    (error) => error instanceof ORPCError,
  )

/**
 * A page of a route, or what is loaded with it, by the name it is exported under. After an update the
 * window reloads by itself.
 */
export const lazyPage: typeof lazyRouteComponent = (load, name) =>
  lazyRouteComponent(patiently(load), name)

/** A dialog or a part of a page. */
export const lazyPart = <Props>(load: () => Promise<{ default: ComponentType<Props> }>) =>
  lazy(() =>
    patiently(load)().catch((cause) => {
      throw new Error('This part of Rapport could not be loaded. Reload Rapport: it was updated.', {
        cause,
      })
    }),
  )
