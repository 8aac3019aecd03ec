/** The route every area hangs its own under; `routes.tsx` gives it the shell and what areas contribute. */
import { createRootRouteWithContext } from '@tanstack/react-router'
import type { Contributions, RouteContext } from './contributions'

export const rootRoute = createRootRouteWithContext<RouteContext>()()

export const useContributions = (): Contributions => rootRoute.useRouteContext()
