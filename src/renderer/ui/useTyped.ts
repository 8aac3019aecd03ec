/** Text that is being typed into a field, kept when the stored value changes under it. */
import { useEffect, useState } from 'react'

export interface Typed<Value> {
  /** What the field shows: what is typed, else what is stored. */
  value: Value
  /** What was stored when the typing began. */
  before: Value
  type(value: Value): void
  /** Shows what is stored again. */
  forget(): void
  /**
   * The text `value` was saved as `stored` and shows until the stored value has followed. What was
   * typed since is kept, and begins from there.
   */
  saved(value: Value, stored: Value): void
}

export interface Typing<Value> {
  value: Value
  before: Value
  saved: boolean
}

export const typing = <Value>(
  now: Typing<Value> | null,
  value: Value,
  stored: Value,
): Typing<Value> => ({ value, before: now && !now.saved ? now.before : stored, saved: false })

export const afterSaving = <Value>(
  now: Typing<Value> | null,
  value: Value,
  stored: Value,
): Typing<Value> | null =>
  now && (now.value === value ? { ...now, saved: true } : { ...now, before: stored })

export function useTyped<Value>(stored: Value): Typed<Value> {
  const [typed, setTyped] = useState<Typing<Value> | null>(null)
  const followed = typed?.saved === true && stored !== typed.before
  useEffect(() => {
    if (followed) setTyped(null)
  }, [followed])
  const shown = followed ? null : typed
  return {
    value: shown ? shown.value : stored,
    before: shown ? shown.before : stored,
    type: (value) => setTyped((now) => typing(now, value, stored)),
    forget: () => setTyped(null),
    saved: (value, as) => setTyped((now) => afterSaving(now, value, as)),
  }
}
