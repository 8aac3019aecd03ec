/** Keeps what is typed into a form of Mantine's until it is saved. */
import type { UseFormReturnType } from '@mantine/form'
import { useEffectEvent, useLayoutEffect, useState } from 'react'
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
  const [isRestored, setRestored] = useState(kept === null)
  const value = { ...(isRestored || !kept ? form.values : kept.content) }
  for (const name of secret) value[name] = blank[name]
  const restore = useEffectEvent((values: Values) => form.setValues(values))
  useLayoutEffect(() => {
    if (!kept) return
    restore(kept.content)
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
