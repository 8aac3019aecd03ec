/** Chooses several records by typing their names: chosen ones become pills. */
import { Combobox, Loader, Pill, PillsInput } from '@mantine/core'
import { useQueries } from '@tanstack/react-query'
import { type ReactNode, useState } from 'react'
import { missingText, Option } from './referenceChoices'
import { type ReferenceKind, referenceById } from './references'
import { unresolved } from './unresolved'
import { usePickedByTyping } from './usePickedByTyping'

export interface ReferencesPickerProps {
  of: ReferenceKind
  /** Ids chosen. */
  value: readonly string[]
  onChange(value: string[]): void
  placeholder?: string
  'aria-label'?: string
  label?: ReactNode
  /** False within a popover, which takes a press elsewhere in the page as leaving it. */
  withinPortal?: boolean
}

export function ReferencesPicker({
  of,
  value,
  onChange,
  placeholder,
  label,
  withinPortal = true,
  ...rest
}: ReferencesPickerProps) {
  const [typed, setTyped] = useState('')
  const toggle = (id: string) =>
    onChange(value.includes(id) ? value.filter((other) => other !== id) : [...value, id])
  const picking = usePickedByTyping({
    of,
    typed,
    setTyped: (next) => setTyped(next ?? ''),
    onTake: ({ id }) => {
      if (!value.includes(id)) onChange([...value, id])
      setTyped('')
    },
  })
  const { combobox, choices, found } = picking
  const names = useQueries({ queries: value.map((id) => referenceById(of, id)) })
  return (
    <Combobox
      store={combobox}
      shadow="md"
      withinPortal={withinPortal}
      onOptionSubmit={(id) => {
        toggle(id)
        setTyped('')
      }}
    >
      <Combobox.DropdownTarget>
        <PillsInput
          size="sm"
          label={label}
          error={picking.isMissing && missingText(of, typed, false)}
          onClick={() => combobox.openDropdown()}
          rightSection={picking.isSettling ? <Loader size={14} /> : undefined}
        >
          <Pill.Group>
            {value.map((id, index) => (
              <Pill key={id} withRemoveButton onRemove={() => toggle(id)}>
                {names[index]?.data?.name ?? '…'}
              </Pill>
            ))}
            <Combobox.EventsTarget withAriaAttributes={false}>
              <PillsInput.Field
                {...picking.aria}
                {...unresolved(typed.trim() !== '')}
                data-commits-on-leaving
                aria-label={rest['aria-label']}
                aria-invalid={picking.isMissing || undefined}
                placeholder={value.length === 0 ? (placeholder ?? 'Search by name') : undefined}
                value={typed}
                onFocus={() => combobox.openDropdown()}
                onBlur={(event) => picking.leave(event.currentTarget)}
                onInvalid={picking.tell}
                onChange={(event) => picking.type(event.currentTarget.value)}
                onKeyDown={(event) => {
                  picking.onKeyDown(event)
                  const last = value.at(-1)
                  if (event.key === 'Backspace' && typed === '' && last) toggle(last)
                }}
              />
            </Combobox.EventsTarget>
          </Pill.Group>
        </PillsInput>
      </Combobox.DropdownTarget>
      <Combobox.Dropdown>
        <Combobox.Options mah={280} style={{ overflowY: 'auto' }}>
          {choices.map((option) => (
            <Combobox.Option key={option.id} value={option.id} active={value.includes(option.id)}>
              <Option option={option} />
            </Combobox.Option>
          ))}
          {choices.length === 0 && (
            <Combobox.Empty>{found.isPending ? 'Looking…' : 'Nothing found'}</Combobox.Empty>
          )}
        </Combobox.Options>
      </Combobox.Dropdown>
    </Combobox>
  )
}
