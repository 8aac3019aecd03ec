/** Fields that are kept as soon as they are left: Enter keeps, Esc takes back, a refusal shows below. */
import { NumberInput, TextInput, type TextInputProps } from '@mantine/core'
import { type KeyboardEvent, useEffect, useState } from 'react'
import { messageOf } from '../app/problems'

interface Common {
  label: string
  disabled?: boolean
}

export interface CommitTextProps
  extends Common,
    Pick<TextInputProps, 'fw' | 'fz' | 'size' | 'maxLength' | 'className' | 'flex'> {
  value: string
  onCommit(value: string): Promise<unknown>
}

export function CommitText({ label, value, onCommit, ...input }: CommitTextProps) {
  const { typed, setTyped, error, commit, onKeyDown } = useCommit(value, (text: string) => {
    const trimmed = text.trim()
    return trimmed === '' || trimmed === value ? undefined : () => onCommit(trimmed)
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
  onCommit(value: number | null): Promise<unknown>
}

export function CommitNumber(props: CommitNumberProps) {
  const { label, value, empty, min, max, suffix, disabled = false, onCommit } = props
  const stored = value ?? ''
  const { typed, setTyped, error, commit, onKeyDown } = useCommit<number | string>(
    stored,
    (next) => {
      const number = typeof next === 'number' ? next : null
      if (number === value || (number === null && empty === undefined)) return undefined
      return () => onCommit(number)
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

/** @param change what keeping a value means; undefined where there is nothing to keep */
function useCommit<Value>(
  value: Value,
  change: (value: Value) => (() => Promise<unknown>) | undefined,
) {
  const [typed, setTyped] = useState(value)
  const [error, setError] = useState<string>()
  // What others changed, an undo included, shows at once.
  useEffect(() => {
    setTyped(value)
    setError(undefined)
  }, [value])
  const commit = () => {
    const keep = change(typed)
    setError(undefined)
    if (!keep) setTyped(value)
    else keep().catch((problem: unknown) => setError(messageOf(problem)))
  }
  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>) => {
    if (event.key === 'Enter') event.currentTarget.blur()
    if (event.key === 'Escape') {
      event.preventDefault()
      setTyped(value)
      setError(undefined)
    }
  }
  return { typed, setTyped, error, commit, onKeyDown }
}
