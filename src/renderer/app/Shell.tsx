/** The frame around every screen: navigation, top bar, dialogs, live updates, shortcuts. */
import { useMantineColorScheme } from '@mantine/core'
import { Outlet, useRouter, useRouterState } from '@tanstack/react-router'
import { Suspense, useEffect, useState } from 'react'
import { useNarrow } from '../ui/useNarrow'
import { type AppActions, AppActionsContext, type CreateOptions, OnTopContext } from './actions'
import { areas } from './areas'
import { BottomBar } from './BottomBar'
import type { CreatableKind } from './create'
import { DraftBar } from './drafts/DraftBar'
import { drafts } from './drafts/drafts'
import { isOnTheWay } from './drafts/key'
import { useDraftForms } from './drafts/useDraftForms'
import { useStoredDrafts } from './drafts/useStoredDrafts'
import { KeyboardMap } from './KeyboardMap'
import { usePress, useShortcuts } from './keyboard'
import { LineBanner } from './LineBanner'
import { Navigation } from './Navigation'
import { offerNew } from './offerNew'
import { palette } from './palette'
import { placeNow } from './place'
import { RoutePending } from './RouteStates'
import { kinds, type PageKind, recordPath } from './records'
import classes from './Shell.module.css'
import { StorageBanner } from './StorageBanner'
import { useMay, useWorkspace } from './session'
import { type ShortcutName, shortcuts } from './shortcuts'
import { TopBar } from './TopBar'
import { redo, undo } from './undo'
import { useDesktop } from './useDesktop'
import { useFocusAfterDialogs } from './useFocusAfterDialogs'
import { useLiveUpdates } from './useLiveUpdates'

const Palette = areas.find((area) => area.palette)?.palette
const firstRun = '/welcome'
const banners = areas.flatMap(({ banner }, index) =>
  banner ? [{ name: String(index), Banner: banner }] : [],
)

interface Creating extends CreateOptions {
  key: number
  kind: CreatableKind
}

export function Shell() {
  const line = useLiveUpdates()
  useFocusAfterDialogs()
  const { setColorScheme } = useMantineColorScheme()
  const router = useRouter()
  const press = usePress()
  const [creating, setCreating] = useState<readonly Creating[]>([])
  const [mapOpened, setMapOpened] = useState(false)
  const path = useRouterState({ select: (state) => state.location.pathname })
  const mayConfigure = useMay('configure')
  const onboarded = useWorkspace()?.onboarded
  const draftsReady = useStoredDrafts()
  const { open: openForm, dialogs } = useDraftForms()
  const [draftsOpened, setDraftsOpened] = useState(false)

  const app: AppActions = {
    goTo: (to) => router.history.push(to),
    openRecord: (kind, id) => router.history.push(recordPath(kind, id)),
    openNew(kind, { id, name }, from) {
      const open = () => app.openRecord(kind, id)
      if (placeNow() === from) open()
      else offerNew(kind, name, open)
    },
    // From within a dialog another may open: a lead's company is made on the way.
    create: (kind, options = {}) =>
      setCreating((open) => [...open, { key: (open.at(-1)?.key ?? 0) + 1, kind, ...options }]),
    openDraft({ key, place }) {
      drafts.request(key)
      if (drafts.store.getState().inHand[key]) return
      if ('path' in place) router.history.push(place.path)
      else if (place.dialog.startsWith(createForm)) {
        const kind = place.dialog.slice(createForm.length) as CreatableKind
        const from = placeNow()
        app.create(kind, {
          initial: place.with,
          // Whatever waited for the record is gone.
          ...(isOnTheWay(key) && {
            onCreated: (record) => {
              if (kind in kinds) app.openNew(kind as PageKind, record, from)
            },
          }),
        })
      } else openForm(place.dialog, place.with)
    },
    openDrafts: () => setDraftsOpened(true),
    undo: (batchId) => void undo(batchId),
    redo: () => void redo(),
    openPalette: palette.open,
    openKeyboardMap: () => setMapOpened(true),
    setColorScheme,
    press: (name) => name in shortcuts && press(name as ShortcutName),
  }
  useShortcuts(
    {
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
    },
    'behind',
  )

  useDesktop(app)

  // A fresh database asks its questions first, and only those who can answer them.
  const askFirst = onboarded === false && mayConfigure
  useEffect(() => {
    if (askFirst && path !== firstRun && firstRun in router.routesByPath)
      router.history.push(firstRun)
  }, [askFirst, path, router])

  const narrow = useNarrow()
  const bare = path === firstRun
  return (
    <AppActionsContext value={app}>
      {bare ? (
        <main id="main" className={classes.bare}>
          {draftsReady && <Outlet />}
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
            <StorageBanner />
            {banners.map(({ name, Banner }) => (
              <Suspense key={name} fallback={null}>
                <Banner />
              </Suspense>
            ))}
            <Suspense fallback={<RoutePending />}>
              {draftsReady ? <Outlet /> : <RoutePending />}
            </Suspense>
          </main>
          <DraftBar listOpened={draftsOpened} onList={setDraftsOpened} />
          {narrow && <BottomBar />}
        </div>
      )}
      <KeyboardMap opened={mapOpened} onClose={() => setMapOpened(false)} />
      <Suspense fallback={null}>
        {Palette && <Palette />}
        {creating.map((dialog, index) => (
          <CreateDialog
            key={dialog.key}
            dialog={dialog}
            onTop={index === creating.length - 1}
            onClose={() => setCreating((open) => open.filter(({ key }) => key !== dialog.key))}
          />
        ))}
        {dialogs}
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

/** Places of the dialogs that create a record begin so. */
const createForm = 'create.'

const focusMain = () => document.getElementById('main')?.focus()
