/** Chooses from a list by typing: leaving the field takes the first match, and what matches nothing is said. */
import {
  type ComboboxData,
  type ComboboxItem,
  MultiSelect,
  type MultiSelectProps,
  Select,
  type SelectProps,
} from '@mantine/core'
import { useState } from 'react'
import { fold } from '../../contract/kernel/fold'
import { unresolved } from './unresolved'

export function SearchSelect({
  data = [],
  error,
  onChange,
  onOptionSubmit,
  onBlur,
  ...select
}: SelectProps) {
  const search = useSearch()
  const take = () => {
    const match = matchOf(data, search.typed)
    search.leave(match !== undefined)
    if (match && match.value !== select.value) onChange?.(match.value, match)
  }
  return (
    <Select
      allowDeselect={false}
      {...select}
      {...search.input}
      searchable
      selectFirstOptionOnChange
      data={data}
      error={error || search.missing}
      onChange={(value, option) => {
        search.clear()
        onChange?.(value, option)
      }}
      onOptionSubmit={(value) => {
        search.clear()
        onOptionSubmit?.(value)
      }}
      // The form was to be saved with text in it, e.g. by Enter where the list shows nothing.
      onInvalid={take}
      // Not Mantine's autoSelectOnBlur: it takes what is marked although nothing was typed.
      onBlur={(event) => {
        take()
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
  onOptionSubmit,
  onBlur,
  ...select
}: MultiSelectProps & { value?: string[] }) {
  const search = useSearch()
  const take = () => {
    const match = matchOf(data, search.typed)
    search.leave(match !== undefined)
    if (match && !value.includes(match.value)) onChange?.([...value, match.value])
  }
  return (
    <MultiSelect
      {...select}
      {...search.input}
      searchable
      selectFirstOptionOnChange
      data={data}
      value={value}
      error={error || search.missing}
      onChange={(next) => {
        search.clear()
        onChange?.(next)
      }}
      onOptionSubmit={(chosen) => {
        search.clear()
        onOptionSubmit?.(chosen)
      }}
      onInvalid={take}
      onBlur={(event) => {
        take()
        onBlur?.(event)
      }}
    />
  )
}

/** What is typed and not chosen: it holds the form back from the first key on. */
function useSearch() {
  const [typed, setTyped] = useState('')
  const [missing, setMissing] = useState<string | null>(null)
  return {
    typed,
    missing,
    input: {
      ...unresolved(typed !== '' || missing !== null),
      // Saving by a key takes what fits first, as leaving does.
      'data-commits-on-leaving': true,
      onInput: (event: React.InputEvent<HTMLInputElement>) => {
        setTyped(event.currentTarget.value.trim())
        setMissing(null)
      },
    },
    clear: () => {
      setTyped('')
      setMissing(null)
    },
    leave: (isFound: boolean) => {
      if (typed !== '') setMissing(isFound ? null : `Choose from the list: “${typed}” is not in it`)
      setTyped('')
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
