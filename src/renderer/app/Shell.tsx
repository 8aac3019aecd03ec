/** The frame around every screen: navigation, top bar, dialogs, live updates, shortcuts. */
import { useMantineColorScheme } from '@mantine/core'
import { Outlet, useRouter, useRouterState } from '@tanstack/react-router'
import { lazy, Suspense, useEffect, useMemo, useState } from 'react'
import { type AppActions, AppActionsContext, type CreateOptions } from './actions'
import { areas } from './areas'
import { BottomBar } from './BottomBar'
import type { CreatableKind } from './create'
import { KeyboardMap } from './KeyboardMap'
import { usePress, useShortcuts } from './keyboard'
import { LineBanner } from './LineBanner'
import { Navigation } from './Navigation'
import { palette } from './palette'
import { RoutePending } from './RouteStates'
import { recordPath } from './records'
import classes from './Shell.module.css'
import { useMay, useWorkspace } from './session'
import { type ShortcutName, shortcuts } from './shortcuts'
import { TopBar } from './TopBar'
import { redo, undo } from './undo'
import { useDesktop } from './useDesktop'
import { useLiveUpdates } from './useLiveUpdates'

const Palette = lazy(() => import('../areas/search/Palette'))
const firstRun = '/welcome'

interface Creating extends CreateOptions {
  kind: CreatableKind
}

export function Shell() {
  const line = useLiveUpdates()
  const { setColorScheme } = useMantineColorScheme()
  const router = useRouter()
  const press = usePress()
  const [creating, setCreating] = useState<Creating | null>(null)
  const [mapOpened, setMapOpened] = useState(false)
  const path = useRouterState({ select: (state) => state.location.pathname })
  const mayConfigure = useMay('configure')
  const onboarded = useWorkspace()?.onboarded

  const app = useMemo<AppActions>(
    () => ({
      goTo: (to) => router.history.push(to),
      openRecord: (kind, id) => router.history.push(recordPath(kind, id)),
      create: (kind, options = {}) => setCreating({ kind, ...options }),
      undo: (batchId) => void undo(batchId),
      redo: () => void redo(),
      openPalette: palette.open,
      openKeyboardMap: () => setMapOpened(true),
      setColorScheme,
      press: (name) => name in shortcuts && press(name as ShortcutName),
    }),
    [router, setColorScheme, press],
  )
  useShortcuts({
    palette: app.openPalette,
    keyboardMap: app.openKeyboardMap,
    undo: () => app.undo(),
    redo: app.redo,
    newLead: () => app.create('lead'),
    goPipeline: () => app.goTo('/pipeline'),
    goLeads: () => app.goTo('/leads'),
    goCompanies: () => app.goTo('/companies'),
    goContacts: () => app.goTo('/contacts'),
    goCustomers: () => app.goTo('/customers'),
    goQuotes: () => app.goTo('/quotes'),
    goActivities: () => app.goTo('/activities'),
    goImport: () => app.goTo('/import'),
    goTrash: () => app.goTo('/trash'),
    goSettings: () => app.goTo('/settings'),
  })

  useDesktop(app)

  // A fresh database asks its questions first, and only those who can answer them.
  const askFirst = onboarded === false && mayConfigure
  useEffect(() => {
    if (askFirst && path !== firstRun && firstRun in router.routesByPath) app.goTo(firstRun)
  }, [askFirst, path, router, app])

  const CreateDialog =
    creating &&
    areas.find((area) => area.createDialogs?.[creating.kind])?.createDialogs?.[creating.kind]
  const bare = path === firstRun
  return (
    <AppActionsContext value={app}>
      {bare ? (
        <main id="main" className={classes.bare}>
          <Outlet />
        </main>
      ) : (
        <div className={classes.shell}>
          <button type="button" className="skip-link" onClick={focusMain}>
            Skip to content
          </button>
          <Navigation />
          <TopBar />
          <main id="main" tabIndex={-1} className={classes.main}>
            <LineBanner line={line} />
            <Suspense fallback={<RoutePending />}>
              <Outlet />
            </Suspense>
          </main>
          <BottomBar />
        </div>
      )}
      <KeyboardMap opened={mapOpened} onClose={() => setMapOpened(false)} />
      <Suspense fallback={null}>
        <Palette />
        {creating && CreateDialog && (
          <CreateDialog
            initial={creating.initial ?? {}}
            onClose={() => setCreating(null)}
            onCreated={creating.onCreated}
          />
        )}
      </Suspense>
    </AppActionsContext>
  )
}

const focusMain = () => document.getElementById('main')?.focus()
