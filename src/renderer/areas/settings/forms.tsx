/** What forms over the contract share: refusals beside their fields, and keeping up with what is stored. */
import { Alert } from '@mantine/core'
import type { UseFormReturnType } from '@mantine/form'
import { IconAlertCircle } from '@tabler/icons-react'
import { useEffect, useRef } from 'react'
import * as z from 'zod'
import { fieldErrors, messageOf } from '../../app/problems'

type Form<Values> = UseFormReturnType<Values>

/** Puts what the core refused beside the fields it names; what names none shows in `FormProblem`. */
export function showRefusal<Values extends object>(form: Form<Values>, error: unknown): void {
  const errors = fieldErrors(error, Object.keys(form.getValues()))
  form.setErrors(Object.keys(errors).length > 0 ? errors : { '': messageOf(error) })
}

/** A refusal that belongs to no field of the form. */
export function FormProblem<Values>({ form }: { form: Form<Values> }) {
  const problem = form.errors['']
  if (!problem) return null
  return (
    <Alert color="red" variant="light" icon={<IconAlertCircle size={18} />} role="alert">
      {problem}
    </Alert>
  )
}

/**
 * Keeps a form on what is stored: a change made elsewhere, or an undo, shows at once unless the
 * form is being edited.
 */
export function useStoredValues<Values extends object>(form: Form<Values>, stored: Values): void {
  const text = JSON.stringify(stored)
  const seen = useRef(text)
  useEffect(() => {
    if (seen.current === text) return
    seen.current = text
    const values = JSON.parse(text) as Values
    if (!form.isDirty()) form.setValues(values)
    form.resetDirty(values)
  }, [text, form])
}

/** A number field: whole, within bounds, told in words. */
export const wholeNumber = (least: number, most: number) =>
  z
    .number('must be a number')
    .int('must be a whole number')
    .min(least, `must be at least ${least}`)
    .max(most, `must be at most ${most}`)

/** Text of a field that may be left empty: blank is null. */
export const textOrNull = (text: string) => text.trim() || null
