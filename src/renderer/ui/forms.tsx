/** What forms over the contract share: refusals beside their fields, and keeping up with what is stored. */
import { Alert } from '@mantine/core'
import type { UseFormReturnType } from '@mantine/form'
import { IconAlertCircle } from '@tabler/icons-react'
import { dequal } from 'dequal'
import { useEffect, useRef } from 'react'
import * as z from 'zod'
import { fieldErrors, messageOf } from '../app/problems'

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

export interface EditedRecord<Row> {
  /** The record as the edit began: of fields that are being edited what they were then. */
  before(): Row
  /** It was saved as this, which the form now shows. */
  saved(row: Row): void
}

/**
 * Keeps a form on a stored record. What is changed elsewhere, or undone, shows at once in the fields
 * that nobody is editing here; the others keep what was typed.
 */
export function useEditedRecord<Values extends object, Row extends object>(
  form: Form<Values>,
  row: Row,
  valuesOf: (row: Row) => Values,
): EditedRecord<Row> {
  const stored = valuesOf(row)
  const seen = useRef({ stored, row })
  /** What fields were that have changed elsewhere since somebody began to edit them here. */
  const old = useRef<Partial<Record<string, unknown>>>({})

  useEffect(() => {
    for (const field of Object.keys(old.current))
      if (!form.isDirty(field)) delete old.current[field]
    if (!dequal(seen.current.stored, stored)) {
      const typed: Partial<Values> = {}
      for (const field of Object.keys(stored) as (keyof Values & string)[]) {
        if (!form.isDirty(field)) continue
        typed[field] = form.getValues()[field]
        const name = nameIn(seen.current.row, field)
        if (!old.current[field])
          old.current[field] = { [name]: (seen.current.row as Record<string, unknown>)[name] }
      }
      form.setValues({ ...stored, ...typed })
      form.resetDirty(stored)
    }
    seen.current = { stored, row }
  })

  return {
    before: () => Object.assign({}, row, ...Object.values(old.current)) as Row,
    saved(next) {
      const values = valuesOf(next)
      old.current = {}
      seen.current = { stored: values, row: next }
      form.setValues(values)
      form.resetDirty(values)
    },
  }
}

/** The form's `teamId` is the record's `team`. */
const nameIn = (row: object, field: string) => (field in row ? field : field.replace(/Id$/, ''))

/** A number field: whole, within bounds, checked in words. */
export const wholeNumber = (least: number, most: number) =>
  z
    .number('must be a number')
    .int('must be a whole number')
    .min(least, `must be at least ${least}`)
    .max(most, `must be at most ${most}`)

/** Text of a field that may be left empty: blank is null. */
export const textOrNull = (text: string) => text.trim() || null
