/**
 * Holds every draft of the caller in memory and writes each to the core soon after the last key.
 * A write that fails is tried again and never disturbs the typing.
 */
import { ORPCError } from '@orpc/client'
import { createStore } from 'zustand/vanilla'
import type { Draft } from '../../../contract/workspace/drafts'
import type { Client } from '../../api'

/** Milliseconds between a key and its write, and the longest that a fast typist is waited for. */
const pause = 400
const longestPause = 1000
const shortestRetry = 1000
const longestRetry = 15_000

export type NewDraft = Omit<Draft, 'savedAt'>

export interface DraftsState {
  /** Whether the core has answered what there is. */
  ready: boolean
  drafts: Readonly<Record<string, Draft>>
  /** How many forms on the screen have the draft in hand, by key. */
  inHand: Readonly<Record<string, number>>
  /** The draft whose form is to open, on the page that has it. */
  requested: string | null
}

export function createKeeper(
  client: { drafts: Pick<Client['drafts'], 'save' | 'remove'> },
  now: () => Date = () => new Date(),
) {
  const store = createStore<DraftsState>(() => ({
    ready: false,
    drafts: {},
    inHand: {},
    requested: null,
  }))
  /** Drafts that changed and are not on their way yet, with the moment of the first such change. */
  const waiting = new Map<string, { since: number; timer: ReturnType<typeof setTimeout> }>()
  /** What is on its way, by key: a removal never overtakes a write. */
  const underway = new Map<string, Promise<void>>()
  /** What was last given to the core of what is on its way, by key. */
  const handedOver = new Map<string, Draft>()

  /** When each draft last changed here or was last written, counted in `moment`. */
  const touched = new Map<string, number>()
  let moment = 0
  const touch = (key: string) => void touched.set(key, ++moment)

  const put = (draft: Draft) =>
    store.setState(({ drafts }) => ({ drafts: { ...drafts, [draft.key]: draft } }))
  const take = (key: string) =>
    store.setState(({ drafts: { [key]: _gone, ...drafts } }) => ({ drafts }))

  function keep(draft: NewDraft): void {
    const { key } = draft
    touch(key)
    put({ ...draft, savedAt: now().toISOString() })
    schedule(key)
  }

  function schedule(key: string, delay = pause): void {
    const before = waiting.get(key)
    clearTimeout(before?.timer)
    const since = before?.since ?? now().getTime()
    const left = Math.max(0, since + longestPause - now().getTime())
    const timer = setTimeout(() => flush(key), delay > pause ? delay : Math.min(delay, left))
    waiting.set(key, { since, timer })
  }

  /** Writes now what waits: one draft, or all. */
  function flush(only?: string): void {
    for (const [key, { timer }] of waiting) {
      if (only !== undefined && key !== only) continue
      clearTimeout(timer)
      waiting.delete(key)
      queue(key, () => write(key))
    }
  }

  /**
   * The page is left or put aside: what has not been handed over goes at once, whatever is under way,
   * as no later step may come.
   */
  function leave(): void {
    for (const key of new Set([...waiting.keys(), ...underway.keys()])) {
      clearTimeout(waiting.get(key)?.timer)
      waiting.delete(key)
      const draft = store.getState().drafts[key]
      if (draft === handedOver.get(key)) continue
      void (draft ? write(key) : erase(key))
    }
  }

  function queue(key: string, work: () => Promise<void>): void {
    const before = underway.get(key)
    // The first begins at once: a page that is being left runs no later step.
    const next = before ? before.then(work) : work()
    underway.set(key, next)
    void next.then(() => {
      if (underway.get(key) !== next) return
      underway.delete(key)
      handedOver.delete(key)
      touch(key)
    })
  }

  /** Writes the draft as it is by then; nothing where it has gone. */
  async function write(key: string): Promise<void> {
    const draft = store.getState().drafts[key]
    if (!draft) return
    const { savedAt: _screen, ...input } = draft
    handedOver.set(key, draft)
    try {
      await client.drafts.save(input)
      retries.delete(key)
    } catch (error) {
      handedOver.delete(key)
      if (!isRefusal(error)) retryLater(key)
    }
  }

  const retries = new Map<string, number>()
  function retryLater(key: string): void {
    const delay = retries.get(key) ?? shortestRetry
    retries.set(key, Math.min(delay * 2, longestRetry))
    // Newer text is on its way already.
    if (!waiting.has(key)) schedule(key, delay)
  }

  /** The form was saved, emptied or discarded. Answers what was kept. */
  function drop(key: string): Draft | undefined {
    const draft = store.getState().drafts[key]
    if (!draft && !waiting.has(key)) return undefined
    clearTimeout(waiting.get(key)?.timer)
    waiting.delete(key)
    take(key)
    touch(key)
    queue(key, () => erase(key))
    return draft
  }

  async function erase(key: string): Promise<void> {
    for (let delay = shortestRetry; !store.getState().drafts[key]; ) {
      try {
        await client.drafts.remove({ key })
        return
      } catch (error) {
        if (isRefusal(error)) return
        await new Promise((done) => setTimeout(done, delay))
        delay = Math.min(delay * 2, longestRetry)
      }
    }
  }

  /**
   * What the core has. What is being written or read on this screen stays as it is here.
   * @param asked the `moment` at which the core was asked: what changed here since is newer
   */
  function load(stored: readonly Draft[], asked = moment): void {
    store.setState(({ drafts, inHand }) => {
      const mine = (key: string) =>
        waiting.has(key) || underway.has(key) || inHand[key] || (touched.get(key) ?? 0) > asked
      const next: Record<string, Draft> = {}
      for (const draft of stored) if (!mine(draft.key)) next[draft.key] = draft
      for (const draft of Object.values(drafts)) if (mine(draft.key)) next[draft.key] = draft
      return { drafts: next, ready: true }
    })
  }

  /** A form has the draft in hand until the answer is called. */
  function hold(key: string): () => void {
    const count = (by: 1 | -1) =>
      store.setState(({ inHand: { [key]: before = 0, ...others } }) => ({
        inHand: before + by > 0 ? { ...others, [key]: before + by } : others,
      }))
    count(1)
    return () => {
      flush(key)
      count(-1)
    }
  }

  return {
    store,
    keep,
    flush,
    leave,
    drop,
    /** To be noted before the core is asked what it has. */
    moment: () => moment,
    load,
    hold,
    get: (key: string): Draft | undefined => store.getState().drafts[key],
    /** The form of this draft is to open; the page that has it hears of it. */
    request: (key: string | null) => store.setState({ requested: key }),
  }
}

/** The core said no, as opposed to nothing. */
const isRefusal = (error: unknown) =>
  error instanceof ORPCError && error.status < 500 && error.status !== 429

/**
 * What was kept, as far as it fits a form that may have changed since: fields it does not know are
 * left out, fields of another type begin as in the blank form.
 */
export function fitting<Value>(content: unknown, blank: Value): Value {
  if (blank === null || blank === undefined) return content as Value
  if (content === null || content === undefined || !sameType(content, blank)) return blank
  if (typeof blank !== 'object' || Array.isArray(blank)) return content as Value
  const values: Record<string, unknown> = {}
  for (const [name, value] of Object.entries(blank)) {
    const kept = (content as Record<string, unknown>)[name]
    const fits = kept === null || value === null || value === undefined || sameType(kept, value)
    values[name] = name in (content as object) && fits ? kept : value
  }
  return values as Value
}

const sameType = (one: unknown, other: unknown) =>
  typeof one === typeof other && Array.isArray(one) === Array.isArray(other)

/** Drafts that no form on the screen has in hand, latest first. */
export const parkedOf = ({ drafts, inHand }: DraftsState): Draft[] =>
  Object.values(drafts)
    .filter(({ key }) => !inHand[key])
    .sort((one, other) => (one.savedAt < other.savedAt ? 1 : -1))
