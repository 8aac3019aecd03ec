/** The route of a screen that needs nothing but itself before it shows. */
import { createRoute, type RouteComponent } from '@tanstack/react-router'
import { rootRoute } from './root'

export const pageRoute = <const Path extends `/${string}`>(path: Path, component: RouteComponent) =>
  createRoute({ getParentRoute: () => rootRoute, path, component })
