/** Keeps what is typed into a form of Mantine's until it is saved. */
import type { UseFormReturnType } from '@mantine/form'
import { useLayoutEffect, useRef, useState } from 'react'
import { type DraftHandle, type DraftOptions, useKeeping, useKept } from './useDraft'

export interface FormDraftOptions<Values> extends DraftOptions {
  /** What the form has when nothing is typed. */
  blank: Values
  /** Fields that are kept nowhere, e.g. passwords. */
  secret?: readonly (keyof Values)[]
}

export function useFormDraft<Values extends object>(
  form: UseFormReturnType<Values>,
  { blank, secret = [], ...options }: FormDraftOptions<Values>,
): DraftHandle {
  const kept = useKept(options.key, blank)
  const latest = useRef(form)
  const [isRestored, setRestored] = useState(kept === null)
  const value = { ...(isRestored || !kept ? form.values : kept.content) }
  for (const name of secret) value[name] = blank[name]
  useLayoutEffect(() => {
    if (!kept) return
    latest.current.setValues(kept.content)
    setRestored(true)
  }, [kept])
  return useKeeping({
    ...options,
    kept,
    value,
    blank,
    put: (values) => form.setValues(values),
  })
}
