/** Fields that are kept as soon as they are left: Enter keeps, Esc takes back, a refusal shows below. */
import { NumberInput, TextInput, type TextInputProps } from '@mantine/core'
import { type KeyboardEvent, useState } from 'react'
import { messageOf } from '../app/problems'
import { useTyped } from './useTyped'

interface Common {
  label: string
  disabled?: boolean
}

export interface CommitTextProps
  extends Common,
    Pick<TextInputProps, 'fw' | 'fz' | 'size' | 'maxLength' | 'className' | 'flex'> {
  value: string
  /** @param before what it was when the typing began */
  onCommit(value: string, before: string): Promise<unknown>
}

export function CommitText({ label, value, onCommit, ...input }: CommitTextProps) {
  const { typed, setTyped, error, commit, onKeyDown } = useCommit(value, (text, before) => {
    const trimmed = text.trim()
    if (trimmed === '' || trimmed === before) return undefined
    return { stored: trimmed, keep: () => onCommit(trimmed, before) }
  })
  return (
    <TextInput
      size="xs"
      {...input}
      variant="filled"
      aria-label={label}
      value={typed}
      error={error}
      onChange={(event) => setTyped(event.currentTarget.value)}
      onBlur={commit}
      onKeyDown={onKeyDown}
    />
  )
}

export interface CommitNumberProps extends Common {
  value: number | null
  /** What an empty field means; without it a number must be given. */
  empty?: string
  min: number
  max: number
  suffix: string
  /** @param before what it was when the typing began */
  onCommit(value: number | null, before: number | null): Promise<unknown>
}

export function CommitNumber(props: CommitNumberProps) {
  const { label, value, empty, min, max, suffix, disabled = false, onCommit } = props
  const stored = value ?? ''
  const numberOf = (text: number | string) => (typeof text === 'number' ? text : null)
  const { typed, setTyped, error, commit, onKeyDown } = useCommit<number | string>(
    stored,
    (next, before) => {
      const number = numberOf(next)
      if (number === numberOf(before) || (number === null && empty === undefined)) return undefined
      return { stored: number ?? '', keep: () => onCommit(number, numberOf(before)) }
    },
  )
  return (
    <NumberInput
      size="xs"
      variant="filled"
      aria-label={label}
      placeholder={empty}
      disabled={disabled}
      hideControls
      allowDecimal={false}
      clampBehavior="blur"
      min={min}
      max={max}
      suffix={suffix}
      value={typed}
      error={error}
      onChange={setTyped}
      onBlur={commit}
      onKeyDown={onKeyDown}
    />
  )
}

interface Change<Value> {
  stored: Value
  keep(): Promise<unknown>
}

/** @param change what keeping a value means; undefined where there is nothing to keep */
function useCommit<Value>(
  value: Value,
  change: (value: Value, before: Value) => Change<Value> | undefined,
) {
  const typed = useTyped(value)
  const [error, setError] = useState<string>()
  const commit = () => {
    const { value: text } = typed
    const wanted = change(text, typed.before)
    setError(undefined)
    if (!wanted) return typed.forget()
    wanted.keep().then(
      () => typed.saved(text, wanted.stored),
      (problem: unknown) => setError(messageOf(problem)),
    )
  }
  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>) => {
    if (event.key === 'Enter') event.currentTarget.blur()
    if (event.key === 'Escape') {
      event.preventDefault()
      typed.forget()
      setError(undefined)
    }
  }
  return { typed: typed.value, setTyped: typed.type, error, commit, onKeyDown }
}
