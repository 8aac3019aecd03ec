/** Chooses from a list by typing: leaving the field takes the first match, and what matches nothing is said. */
import {
  type ComboboxData,
  type ComboboxItem,
  MultiSelect,
  type MultiSelectProps,
  Select,
  type SelectProps,
} from '@mantine/core'
import { useRef, useState } from 'react'
import { fold } from '../../contract/fold'
import { unresolved } from './unresolved'

export function SearchSelect({ data = [], error, onChange, onBlur, ...select }: SelectProps) {
  const { typed, missing, onInput, clear, leave } = useTyped()
  return (
    <Select
      allowDeselect={false}
      {...select}
      {...unresolved(missing !== null)}
      searchable
      selectFirstOptionOnChange
      data={data}
      error={error || missing}
      onInput={onInput}
      onChange={(value, option) => {
        clear()
        onChange?.(value, option)
      }}
      // Not Mantine's autoSelectOnBlur: it takes what is marked although nothing was typed.
      onBlur={(event) => {
        const match = matchOf(data, typed.current)
        leave(match === undefined)
        if (match && match.value !== select.value) onChange?.(match.value, match)
        onBlur?.(event)
      }}
    />
  )
}

export function SearchMultiSelect({
  data = [],
  value = [],
  error,
  onChange,
  onBlur,
  ...select
}: MultiSelectProps & { value?: string[] }) {
  const { typed, missing, onInput, clear, leave } = useTyped()
  return (
    <MultiSelect
      {...select}
      {...unresolved(missing !== null)}
      searchable
      selectFirstOptionOnChange
      data={data}
      value={value}
      error={error || missing}
      onInput={onInput}
      onChange={(next) => {
        clear()
        onChange?.(next)
      }}
      onBlur={(event) => {
        const match = matchOf(data, typed.current)
        leave(match === undefined)
        if (match && !value.includes(match.value)) onChange?.([...value, match.value])
        onBlur?.(event)
      }}
    />
  )
}

/** What is typed and not chosen. */
function useTyped() {
  const typed = useRef('')
  const [missing, setMissing] = useState<string | null>(null)
  return {
    typed,
    missing,
    onInput: (event: React.InputEvent<HTMLInputElement>) => {
      typed.current = event.currentTarget.value.trim()
      setMissing(null)
    },
    clear: () => {
      typed.current = ''
      setMissing(null)
    },
    leave: (isMissing: boolean) => {
      if (typed.current !== '' && isMissing)
        setMissing(`Choose from the list: “${typed.current}” is not in it`)
      typed.current = ''
    },
  }
}

/** The option that the list marks first for this text; undefined for none. */
function matchOf(data: ComboboxData, typed: string): ComboboxItem | undefined {
  if (typed === '') return undefined
  const wanted = fold(typed)
  for (const entry of data) {
    const items = typeof entry === 'object' && 'items' in entry ? entry.items : [entry]
    for (const item of items) {
      const value = typeof item === 'object' ? item.value : item
      const label = typeof item === 'object' && 'label' in item ? item.label : value
      if (fold(String(label)).includes(wanted))
        return { value: String(value), label: String(label) }
    }
  }
  return undefined
}
