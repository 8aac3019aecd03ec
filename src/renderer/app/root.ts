/** The route every area hangs its own under; `routes.tsx` gives it the shell. */
import { createRootRoute } from '@tanstack/react-router'

export const rootRoute = createRootRoute()
