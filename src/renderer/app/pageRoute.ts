/** The route of a screen that needs nothing but itself before it shows. */
import { createRoute, type RouteComponent } from '@tanstack/react-router'
import type { ComponentType } from 'react'
import { lazyPage } from './parts'
import { rootRoute } from './root'

/** @param name the screen's export, where it is not the default one */
export const pageRoute = <const Path extends `/${string}`, Name extends string = 'default'>(
  path: Path,
  load: () => Promise<{ [Each in Name]: ComponentType }>,
  name?: Name,
) =>
  createRoute({
    getParentRoute: () => rootRoute,
    path,
    component: lazyPage(load, name) as RouteComponent,
  })
