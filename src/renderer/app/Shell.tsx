/** The frame around every screen: navigation, top bar, dialogs, live updates, shortcuts. */
import { useMantineColorScheme } from '@mantine/core'
import { Outlet, useRouter, useRouterState } from '@tanstack/react-router'
import { lazy, Suspense, useEffect, useMemo, useState } from 'react'
import { type AppActions, AppActionsContext, type CreateOptions, OnTopContext } from './actions'
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
  key: number
  kind: CreatableKind
}

export function Shell() {
  const line = useLiveUpdates()
  const { setColorScheme } = useMantineColorScheme()
  const router = useRouter()
  const press = usePress()
  const [creating, setCreating] = useState<readonly Creating[]>([])
  const [mapOpened, setMapOpened] = useState(false)
  const path = useRouterState({ select: (state) => state.location.pathname })
  const mayConfigure = useMay('configure')
  const onboarded = useWorkspace()?.onboarded

  const app = useMemo<AppActions>(
    () => ({
      goTo: (to) => router.history.push(to),
      openRecord: (kind, id) => router.history.push(recordPath(kind, id)),
      // From within a dialog another may open: a lead's company is made on the way.
      create: (kind, options = {}) =>
        setCreating((open) => [...open, { key: (open.at(-1)?.key ?? 0) + 1, kind, ...options }]),
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
    quickEntry: () => app.create('entry'),
    goToday: () => app.goTo('/today'),
    goPipeline: () => app.goTo('/pipeline'),
    goLeads: () => app.goTo('/leads'),
    goCompanies: () => app.goTo('/companies'),
    goContacts: () => app.goTo('/contacts'),
    goCustomers: () => app.goTo('/customers'),
    goQuotes: () => app.goTo('/quotes'),
    goActivities: () => app.goTo('/activities'),
    goTasks: () => app.goTo('/tasks'),
    goReminders: () => app.goTo('/reminders'),
    goCalendar: () => app.goTo('/calendar'),
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
        {creating.map((dialog, index) => (
          <CreateDialog
            key={dialog.key}
            dialog={dialog}
            onTop={index === creating.length - 1}
            onClose={() => setCreating((open) => open.filter(({ key }) => key !== dialog.key))}
          />
        ))}
      </Suspense>
    </AppActionsContext>
  )
}

interface OpenDialogProps {
  dialog: Creating
  onTop: boolean
  onClose(): void
}

function CreateDialog({ dialog, onTop, onClose }: OpenDialogProps) {
  const { kind, initial, onCreated } = dialog
  const Dialog = areas.find((area) => area.createDialogs?.[kind])?.createDialogs?.[kind]
  if (!Dialog) return null
  return (
    <OnTopContext value={onTop}>
      <Dialog initial={initial ?? {}} onClose={onClose} onCreated={onCreated} />
    </OnTopContext>
  )
}

const focusMain = () => document.getElementById('main')?.focus()
