/** A number being typed: what is not a number yet ("-", "1.") stays in the field and is none outside. */
import { NumberInput, type NumberInputProps } from '@mantine/core'
import { useState } from 'react'
import { unresolved } from './unresolved'

export interface NumberFieldProps
  extends Omit<NumberInputProps, 'value' | 'onChange' | 'defaultValue'> {
  value: number | null
  onChange(value: number | null): void
}

export function NumberField({ value, onChange, ...input }: NumberFieldProps) {
  const [typed, setTyped] = useState<string | number>(value ?? '')
  const [isLeft, setLeft] = useState(false)
  const shown = numberOf(typed) === value ? typed : (value ?? '')
  const isHalf = typeof shown === 'string' && shown.trim() !== '' && numberOf(shown) === null
  return (
    <NumberInput
      hideControls
      {...input}
      {...unresolved(isHalf)}
      error={input.error || (isHalf && isLeft ? 'Enter a number' : undefined)}
      onInvalid={() => setLeft(true)}
      onFocus={(event) => {
        setLeft(false)
        input.onFocus?.(event)
      }}
      onBlur={(event) => {
        setLeft(true)
        input.onBlur?.(event)
      }}
      value={shown}
      onChange={(next) => {
        setTyped(next)
        onChange(numberOf(next))
      }}
    />
  )
}

function numberOf(typed: string | number): number | null {
  if (typeof typed === 'number') return typed
  const number = Number(typed)
  return typed.trim() === '' || !Number.isFinite(number) ? null : number
}
