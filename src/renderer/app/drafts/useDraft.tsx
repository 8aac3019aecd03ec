/** Keeps what is typed into a form: across Esc, a click outside, navigation, reload and crash. */
import { Button, Group, Text } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { useEffect, useEffectEvent, useRef, useState } from 'react'
import { useStore } from 'zustand'
import type { Draft, DraftPlace } from '../../../contract/workspace/drafts'
import { useApp } from '../actions'
import { placeNow } from '../place'
import { drafts } from './drafts'
import { fitting } from './keeper'

export interface DraftOptions {
  /** Form and record, e.g. `email.lead.<id>`. Null keeps nothing. */
  key: string | null
  /** What it is, for people: "E-mail to Ann Smith". */
  title: string
  /** How the form is opened again; by default on the page it is on. */
  place?: DraftPlace
  recordId?: string | null | undefined
  /** The stored record that is edited. It is kept as it was, so that nothing newer is overwritten unseen. */
  basedOn?: unknown
}

export interface DraftHandle {
  /** When the values that the form began with were typed; null where it began empty. */
  restoredAt: string | null
  isChanged: boolean
  /** Rises when values are put in from outside: fields that keep text of their own start over with it. */
  version: number
  /** The record as it was when the first of it was typed. */
  basedOn: unknown
  /** The same of what was restored; null where nothing was. */
  restoredFrom: unknown
  /** What was restored is based on something that has changed since. */
  isOutdated: boolean
  /** Cancel: what was typed goes, and a toast brings it back. */
  discard(): void
  /** It was saved. */
  done(): void
  /** It was saved, and the form stays open on what is stored now. */
  saved(): void
  /** It was not saved after all, and the form may be gone. */
  keepAgain(): void
  /** Of a restored draft that is not wanted: the form starts over, and a toast brings it back. */
  startOver(): void
}

/** State of a form that is kept: in place of `useState`. `initial` counts as of the first time. */
export function useDraft<Value>(
  options: DraftOptions & { initial: Value | (() => Value) },
): [Value, React.Dispatch<React.SetStateAction<Value>>, DraftHandle] {
  const { initial } = options
  const [blank] = useState(initial)
  const kept = useKept(options.key, blank)
  const [value, setValue] = useState<Value>(kept ? kept.content : blank)
  const handle = useKeeping<Value>({
    ...options,
    kept,
    value,
    blank,
    put: setValue,
  })
  return [value, setValue, handle]
}

export type Kept<Value> = Pick<Draft, 'savedAt' | 'basedOn'> & { content: Value }

/** The draft as it was when the form opened, as far as it fits the form. */
export function useKept<Value>(key: string | null, blank: Value): Kept<Value> | null {
  const [kept] = useState(() => keptOf(key, blank))
  return kept
}

function keptOf<Value>(key: string | null, blank: Value): Kept<Value> | null {
  const draft = key === null ? undefined : drafts.get(key)
  if (!draft) return null
  const { savedAt, basedOn, content } = draft
  return { savedAt, basedOn, content: fitting(content, blank) }
}

export interface KeepingOptions<Value> extends DraftOptions {
  kept: Kept<Value> | null
  value: Value
  /** What the form has when nothing is typed. */
  blank: Value
  /** By default, whether something else than `blank` is typed. */
  isChanged?: boolean
  /** Puts other values into the form. */
  put(value: Value): void
}

/** The same for a form that holds its values elsewhere, e.g. in `useForm`. */
export function useKeeping<Value>(options: KeepingOptions<Value>): DraftHandle {
  const { key, title, place, recordId = null } = options
  const { kept, value, blank, put } = options
  const text = textOf(value)
  const isChanged = options.isChanged ?? text !== textOf(blank)
  const app = useApp()
  const [restored, setRestored] = useState(kept)
  const [version, setVersion] = useState(0)
  const finished = useRef(false)
  const ours = useRef(kept !== null)
  const saved = useRef<Draft>(undefined)
  const current = options.basedOn ?? null
  /** The record when the first of the text was typed. */
  const [began, setBegan] = useState<{ with: unknown } | null>(null)
  if (isChanged && !began) setBegan({ with: current })
  if (!isChanged && began) setBegan(null)
  const restoredFrom = (isChanged && restored?.basedOn) || null
  const basedOn = restoredFrom ?? (began ? began.with : current)

  useEffect(() => (key === null ? undefined : drafts.hold(key)), [key])

  const surroundings = useEffectEvent(() => ({
    place: place ?? { path: placeNow().slice(0, 500) },
    basedOn,
  }))
  useEffect(() => {
    if (key === null || finished.current) return
    if (!isChanged) {
      if (ours.current) drafts.drop(key)
      ours.current = false
      return
    }
    ours.current = true
    const before = drafts.get(key)
    if (before && before.title === title && textOf(before.content) === text) return
    drafts.keep({
      key,
      title: title.slice(0, 200),
      recordId,
      content: JSON.parse(text),
      ...surroundings(),
    })
  }, [key, title, text, isChanged, recordId])

  // Brought back while the form is on the screen: by a toast, a chip, or another tab.
  const requested = useStore(drafts.store, (state) => state.requested === key && key !== null)
  const bringBack = useEffectEvent((requestedKey: string) => {
    drafts.request(null)
    const found = keptOf(requestedKey, blank)
    if (!found) return
    if (textOf(found.content) !== text) {
      put(found.content)
      setVersion((count) => count + 1)
    }
    finished.current = false
    ours.current = true
    setRestored(found)
  })
  useEffect(() => {
    if (requested && key !== null) bringBack(key)
  }, [requested, key])

  const discard = () => {
    finished.current = true
    const gone = key === null ? undefined : drafts.drop(key)
    if (gone && isChanged) offerBack(gone, app.openDraft)
  }
  return {
    restoredAt: restored && isChanged ? restored.savedAt : null,
    isChanged,
    version,
    basedOn,
    restoredFrom,
    isOutdated: restoredFrom !== null && versionOf(restoredFrom) !== versionOf(current),
    discard,
    done: () => {
      finished.current = true
      setRestored(null)
      saved.current = key === null ? undefined : drafts.drop(key)
    },
    saved: () => {
      ours.current = false
      setRestored(null)
      if (key !== null) drafts.drop(key)
    },
    keepAgain: () => {
      finished.current = false
      if (saved.current && key !== null && !drafts.get(key)) drafts.keep(saved.current)
    },
    startOver: () => {
      discard()
      finished.current = false
      ours.current = false
      setRestored(null)
      put(blank)
      setVersion((count) => count + 1)
    },
  }
}

/** A page's form that opens when its draft is asked for. */
export function useDraftRequest(matches: (key: string) => boolean, open: (key: string) => void) {
  const requested = useStore(drafts.store, (state) => state.requested)
  const openRequested = useEffectEvent(open)
  // Also where it is known only later, when the page's data are there.
  const isOurs = requested !== null && matches(requested)
  useEffect(() => {
    if (isOurs) openRequested(requested)
  }, [isOurs, requested])
}

/** Says that a draft was discarded, and brings it back on request. */
export function offerBack(draft: Draft, open: (draft: Draft) => void): void {
  const id = `draft ${draft.key}`
  notifications.show({
    id,
    withBorder: true,
    autoClose: 10_000,
    message: (
      <Group justify="space-between" wrap="nowrap" gap="sm">
        <Text size="sm" lineClamp={2}>
          Draft discarded: {draft.title}
        </Text>
        <Button
          variant="light"
          size="compact-sm"
          flex="none"
          onClick={() => {
            notifications.hide(id)
            const { savedAt: _before, ...again } = draft
            drafts.keep(again)
            drafts.flush(draft.key)
            open(draft)
          }}
        >
          Undo
        </Button>
      </Group>
    ),
  })
}

/** Distinguishes a stored record from an older one. */
const versionOf = (record: unknown): string =>
  typeof record === 'object' && record !== null && 'updatedAt' in record
    ? String(record.updatedAt)
    : textOf(record)

/** Values are kept as JSON, and so compared as JSON: a field that is undefined comes back as none. */
const textOf = (value: unknown): string => JSON.stringify(value ?? null)
