/** The route of a screen. */
import { createRoute, type RouteComponent } from '@tanstack/react-router'
import type { ComponentType } from 'react'
import type { RouteContext } from './contributions'
import { lazyPage } from './parts'
import { rootRoute } from './root'

interface PageInput {
  context: RouteContext
  location: { search: unknown }
}

/**
 * @param name the screen's export, where it is not the default one
 * @param read reads what the screen shows first
 */
export const pageRoute = <const Path extends `/${string}`, Name extends string = 'default'>(
  path: Path,
  load: () => Promise<{ [Each in Name]: ComponentType }>,
  name?: Name,
  read?: (input: PageInput) => Promise<unknown> | undefined,
) =>
  createRoute({
    getParentRoute: () => rootRoute,
    path,
    ...(read ? { loader: ({ context, location }: PageInput) => read({ context, location }) } : {}),
    component: lazyPage(load, name) as RouteComponent,
  })
