/** The route every area hangs its own under; `routes.tsx` gives it the shell and what areas contribute. */
import { createRootRouteWithContext } from '@tanstack/react-router'
import type { Contributions } from './contributions'

export const rootRoute = createRootRouteWithContext<Contributions>()()

export const useContributions = (): Contributions => rootRoute.useRouteContext()
