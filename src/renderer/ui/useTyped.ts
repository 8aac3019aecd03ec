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
  /** It was saved: what is typed shows until the stored value has followed. */
  saved(): void
}

export function useTyped<Value>(stored: Value): Typed<Value> {
  const [typed, setTyped] = useState<{ value: Value; before: Value; saved: boolean } | null>(null)
  const followed = typed?.saved === true && stored !== typed.before
  useEffect(() => {
    if (followed) setTyped(null)
  }, [followed])
  const shown = followed ? null : typed
  return {
    value: shown ? shown.value : stored,
    before: shown ? shown.before : stored,
    type: (value) =>
      setTyped((now) => ({
        value,
        before: now && !now.saved ? now.before : stored,
        saved: false,
      })),
    forget: () => setTyped(null),
    saved: () => setTyped((now) => (now ? { ...now, saved: true } : null)),
  }
}
