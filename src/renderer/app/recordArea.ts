/** What every area with records of its own brings: the routes of their list and pages, and the ways there. */
import { createRoute, type RouteComponent } from '@tanstack/react-router'
import type { PaletteAction } from './area'
import { loadBulkActions, loadRecordPage } from './contributions'
import type { CreatableKind } from './create'
import type { Read } from './reads'
import { kinds, type PageKind } from './records'
import { rootRoute } from './root'

/**
 * @param path that of the kind, as `/leads`
 * @param record what its page is about
 */
export const recordRoutes = <const Path extends `/${string}`>(
  kind: PageKind,
  path: Path,
  { list, page, record }: { list: RouteComponent; page: RouteComponent; record(id: string): Read },
) =>
  [
    createRoute({
      getParentRoute: () => rootRoute,
      path,
      loader: loadBulkActions(kind),
      component: list,
    }),
    createRoute({
      getParentRoute: () => rootRoute,
      path: `${path}/$id`,
      loader: loadRecordPage(kind, record),
      component: page,
    }),
  ] as const

type More = Pick<PaletteAction, 'keys' | 'keywords'>

export const goToList = (kind: PageKind, more: More): PaletteAction => {
  const { many, path, icon } = kinds[kind]
  return {
    id: `go-${path}`,
    label: many.charAt(0).toUpperCase() + many.slice(1),
    group: 'Go to',
    icon,
    run: (app) => app.goTo(`/${path}`),
    ...more,
  }
}

export const createNew = (kind: PageKind & CreatableKind, more: More): PaletteAction => ({
  id: `create-${kind}`,
  label: `New ${kinds[kind].one}`,
  group: 'Create',
  icon: kinds[kind].icon,
  permission: 'write',
  run: (app) => app.create(kind),
  ...more,
})
