/** Fields for a calendar date and for a moment, in the machine's own writing. */
import { TextInput, type TextInputProps } from '@mantine/core'
import { useState } from 'react'
import { wallTimeOf } from './dates'

type Common = Omit<TextInputProps, 'value' | 'onChange' | 'type'>

export interface DateFieldProps extends Common {
  /** ISO calendar date. */
  value: string | null
  onChange(value: string | null): void
}

export function DateField({ value, onChange, ...input }: DateFieldProps) {
  return (
    <TextInput
      {...useWhole(input, 'Enter the whole date')}
      type="date"
      max="9999-12-31"
      value={value ?? ''}
      onChange={(event) => onChange(event.currentTarget.value || null)}
    />
  )
}

export interface MomentFieldProps extends Common {
  /** ISO instant. */
  value: string | null
  onChange(value: string | null): void
}

/** Shows the wall time of this machine, gives the instant in UTC. */
export function MomentField({ value, onChange, ...input }: MomentFieldProps) {
  return (
    <TextInput
      {...useWhole(input, 'Enter the whole date and time')}
      type="datetime-local"
      max="9999-12-31T23:59"
      value={value ? wallTimeOf(value) : ''}
      onChange={(event) => {
        const typed = event.currentTarget.value
        onChange(typed ? new Date(typed).toISOString() : null)
      }}
    />
  )
}

/** Half a date or time is empty to the page: the field says so, and its form is not saved. */
export function useWhole<Props extends Pick<Common, 'error' | 'onBlur' | 'onInput'>>(
  input: Props,
  message: string,
) {
  const [isHalf, setHalf] = useState(false)
  const [isTold, setTold] = useState(false)
  return {
    ...input,
    error: input.error || (isHalf && isTold ? message : undefined),
    onInput: (event: React.InputEvent<HTMLInputElement>) => {
      setHalf(event.currentTarget.validity.badInput)
      setTold(false)
      input.onInput?.(event)
    },
    // A browser tells nothing of a part that is typed, only that it is no date.
    onInvalid: (event: React.InvalidEvent<HTMLInputElement>) => {
      setHalf(event.currentTarget.validity.badInput)
      setTold(true)
    },
    onBlur: (event: React.FocusEvent<HTMLInputElement>) => {
      const half = event.currentTarget.validity.badInput
      setHalf(half)
      setTold(half)
      // What was begun is not left behind: the field stays.
      if (!half) input.onBlur?.(event)
    },
  }
}
