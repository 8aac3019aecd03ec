/** Notifications: the bell with its panel, and how each of them may come. */
import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { lazy } from 'react'
import type { Area } from '../../app/area'
import { rootRoute } from '../../app/root'

export const routes = [
  createRoute({
    getParentRoute: () => rootRoute,
    path: '/settings/notifications',
    component: lazyRouteComponent(() => import('./NotificationsSection'), 'NotificationsSection'),
  }),
] as const

export const area: Area = { indicator: lazy(() => import('./Bell')) }
