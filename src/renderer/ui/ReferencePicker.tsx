/** Chooses another record by typing its name; creates it on the way where that is possible. */
import {
  CloseButton,
  Combobox,
  Group,
  InputBase,
  type InputBaseProps,
  Loader,
  Pill,
  PillsInput,
  Text,
  useCombobox,
} from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { IconPlus } from '@tabler/icons-react'
import { keepPreviousData, useQueries, useQuery } from '@tanstack/react-query'
import { type ReactNode, type RefObject, useState } from 'react'
import type { Reference } from '../../contract/shapes'
import { useApp } from '../app/actions'
import type { CreatableKind } from '../app/create'
import {
  findReferences,
  type ReferenceKind,
  type ReferenceOption,
  referenceById,
} from './references'

const creatable: Partial<Record<ReferenceKind, CreatableKind>> = {
  company: 'company',
  contact: 'contact',
  lead: 'lead',
  customer: 'customer',
}
/** What the create dialog of a kind calls the typed name. */
const nameField: Partial<Record<ReferenceKind, string>> = {
  company: 'name',
  contact: 'name',
  lead: 'title',
  customer: 'name',
}
const pause = 120

export interface ReferencePickerProps
  extends Pick<
    InputBaseProps,
    | 'label'
    | 'description'
    | 'error'
    | 'required'
    | 'size'
    | 'disabled'
    | 'variant'
    | 'withAsterisk'
  > {
  of: ReferenceKind
  value: Reference | null
  onChange(value: Reference | null): void
  placeholder?: string
  clearable?: boolean
  /** Offers to create what is not found; its dialog begins with these values. */
  createWith?: Record<string, unknown>
  autoFocus?: boolean
  onBlur?: () => void
  /** Esc was pressed. */
  onCancel?: () => void
  'aria-label'?: string
  /** Choices besides what was found, e.g. only the stages of one pipeline. */
  only?: (option: ReferenceOption) => boolean
  inputRef?: RefObject<HTMLInputElement | null>
}

export function ReferencePicker({
  of,
  value,
  onChange,
  placeholder,
  clearable = true,
  createWith,
  autoFocus,
  onBlur,
  onCancel,
  only,
  inputRef,
  ...input
}: ReferencePickerProps) {
  const app = useApp()
  const combobox = useCombobox({ onDropdownClose: () => combobox.resetSelectedOption() })
  const [typed, setTyped] = useState<string | null>(null)
  const choices = useChoices(of, typed ?? '', combobox.dropdownOpened)
  const options = only ? choices.options.filter(only) : choices.options
  const kind = creatable[of]
  const newName = (typed ?? '').trim()
  const offersNew = createWith !== undefined && kind !== undefined && newName !== ''
  const choose = (option: Reference | null) => {
    onChange(option)
    setTyped(null)
    combobox.closeDropdown()
  }
  return (
    <Combobox
      store={combobox}
      shadow="md"
      onOptionSubmit={(id) => {
        if (id === 'new' && kind) {
          combobox.closeDropdown()
          app.create(kind, {
            initial: { ...createWith, [nameField[of] ?? 'name']: newName },
            onCreated: choose,
          })
          return
        }
        const option = options.find((candidate) => candidate.id === id)
        if (option) choose({ id: option.id, name: option.name })
      }}
    >
      <Combobox.Target>
        <InputBase
          {...input}
          ref={inputRef}
          value={typed ?? value?.name ?? ''}
          placeholder={placeholder ?? 'Search by name'}
          autoFocus={autoFocus}
          autoComplete="off"
          onChange={(event) => {
            setTyped(event.currentTarget.value)
            combobox.openDropdown()
            combobox.updateSelectedOptionIndex()
          }}
          onClick={() => combobox.openDropdown()}
          onFocus={() => combobox.openDropdown()}
          onBlur={() => {
            combobox.closeDropdown()
            setTyped(null)
            onBlur?.()
          }}
          onKeyDown={(event) => {
            if (event.key === 'Escape') onCancel?.()
          }}
          rightSectionPointerEvents={value && clearable ? 'auto' : 'none'}
          rightSection={
            choices.isFetching && combobox.dropdownOpened ? (
              <Loader size={14} />
            ) : value && clearable ? (
              <CloseButton
                size="sm"
                aria-label="Clear"
                tabIndex={-1}
                onMouseDown={(event) => event.preventDefault()}
                onClick={() => choose(null)}
              />
            ) : (
              <Combobox.Chevron />
            )
          }
        />
      </Combobox.Target>
      <Combobox.Dropdown>
        <Combobox.Options mah={280} style={{ overflowY: 'auto' }}>
          {options.map((option) => (
            <Combobox.Option key={option.id} value={option.id} active={option.id === value?.id}>
              <Option option={option} />
            </Combobox.Option>
          ))}
          {offersNew && (
            <Combobox.Option value="new">
              <Group gap={6} wrap="nowrap">
                <IconPlus size={14} aria-hidden />
                <Text size="sm" truncate>
                  Create “{newName}”
                </Text>
              </Group>
            </Combobox.Option>
          )}
          {options.length === 0 && !offersNew && (
            <Combobox.Empty>{choices.isPending ? 'Looking…' : 'Nothing found'}</Combobox.Empty>
          )}
        </Combobox.Options>
      </Combobox.Dropdown>
    </Combobox>
  )
}

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

/** The same for several: chosen ones become pills. */
export function ReferencesPicker({
  of,
  value,
  onChange,
  placeholder,
  label,
  withinPortal = true,
  ...rest
}: ReferencesPickerProps) {
  const combobox = useCombobox({ onDropdownClose: () => combobox.resetSelectedOption() })
  const [typed, setTyped] = useState('')
  const { options, isPending } = useChoices(of, typed, combobox.dropdownOpened)
  const names = useQueries({ queries: value.map((id) => referenceById(of, id)) })
  const toggle = (id: string) =>
    onChange(value.includes(id) ? value.filter((other) => other !== id) : [...value, id])
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
        <PillsInput size="sm" label={label} onClick={() => combobox.openDropdown()}>
          <Pill.Group>
            {value.map((id, index) => (
              <Pill key={id} withRemoveButton onRemove={() => toggle(id)}>
                {names[index]?.data?.name ?? '…'}
              </Pill>
            ))}
            <Combobox.EventsTarget>
              <PillsInput.Field
                aria-label={rest['aria-label']}
                placeholder={value.length === 0 ? (placeholder ?? 'Search by name') : undefined}
                value={typed}
                onFocus={() => combobox.openDropdown()}
                onBlur={() => combobox.closeDropdown()}
                onChange={(event) => {
                  setTyped(event.currentTarget.value)
                  combobox.openDropdown()
                  combobox.updateSelectedOptionIndex()
                }}
                onKeyDown={(event) => {
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
          {options.map((option) => (
            <Combobox.Option key={option.id} value={option.id} active={value.includes(option.id)}>
              <Option option={option} />
            </Combobox.Option>
          ))}
          {options.length === 0 && (
            <Combobox.Empty>{isPending ? 'Looking…' : 'Nothing found'}</Combobox.Empty>
          )}
        </Combobox.Options>
      </Combobox.Dropdown>
    </Combobox>
  )
}

function Option({ option }: { option: ReferenceOption }) {
  return (
    <Group gap={8} wrap="nowrap" miw={0}>
      {option.color && (
        <span
          aria-hidden
          style={{ width: 9, height: 9, borderRadius: 3, background: option.color, flex: 'none' }}
        />
      )}
      <Text size="sm" truncate>
        {option.name}
      </Text>
      {option.detail && (
        <Text size="xs" c="dimmed" truncate ml="auto">
          {option.detail}
        </Text>
      )}
    </Group>
  )
}

const none: ReferenceOption[] = []

function useChoices(of: ReferenceKind, typed: string, opened: boolean) {
  const [asked] = useDebouncedValue(typed, pause)
  const found = useQuery({
    ...findReferences(of, asked),
    enabled: opened,
    placeholderData: keepPreviousData,
  })
  return { options: found.data ?? none, isPending: found.isPending, isFetching: found.isFetching }
}
