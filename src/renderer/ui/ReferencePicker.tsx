/** Chooses another record by typing its name; creates it on the way where that is possible. */
import {
  CloseButton,
  Combobox,
  Group,
  InputBase,
  type InputBaseProps,
  Loader,
  Text,
} from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import { type RefObject, type SyntheticEvent, useState } from 'react'
import type { Reference } from '../../contract/kernel/shapes'
import { useApp } from '../app/actions'
import { creatable, isSameName, missingText, Option } from './referenceChoices'
import type { ReferenceKind, ReferenceOption } from './references'
import { unresolved } from './unresolved'
import { usePickedByTyping } from './usePickedByTyping'

/** Choices stay readable below a narrow field. */
const readable = 'min(18rem, calc(100vw - 2rem))'

/** What the create dialog of a kind calls the typed name. */
const nameField: Partial<Record<ReferenceKind, string>> = {
  company: 'name',
  contact: 'name',
  lead: 'title',
  customer: 'name',
}

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
  /** The field was left, with nothing in it that is no choice. */
  onBlur?: () => void
  /** Esc was pressed while the choices were closed or nothing was typed. */
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
  error,
  ...input
}: ReferencePickerProps) {
  const app = useApp()
  const [typed, setTyped] = useState<string | null>(null)
  const kind = creatable[of]
  const newName = (typed ?? '').trim()
  const mayCreate = createWith !== undefined && kind !== undefined
  const choose = (option: Reference | null) => {
    onChange(option && { id: option.id, name: option.name })
    setTyped(null)
    picking.combobox.closeDropdown()
  }
  const create = () => {
    if (!kind) return
    picking.combobox.closeDropdown()
    const field = nameField[of] ?? 'name'
    app.create(kind, {
      initial: { ...createWith, [field]: newName },
      onCreated: choose,
    })
  }
  const picking = usePickedByTyping({
    of,
    typed,
    setTyped,
    only,
    onTake: choose,
    ...(mayCreate ? { onCreate: create } : {}),
  })
  const { combobox, choices, found } = picking
  const offersNew =
    mayCreate && newName !== '' && !choices.some(({ name }) => isSameName(name, newName))
  /** Who begins to type wants another one: the name in the field gives way. */
  const open = ({ currentTarget }: SyntheticEvent<HTMLInputElement>) => {
    if (typed === null) currentTarget.select()
    combobox.openDropdown()
  }
  const isOpenText = newName !== '' && newName !== value?.name
  const showsClear = value !== null && clearable
  return (
    <Combobox
      store={combobox}
      shadow="md"
      position="bottom-start"
      onOptionSubmit={(id) => {
        if (id === 'new') return create()
        const option = choices.find((candidate) => candidate.id === id)
        if (option) choose(option)
      }}
    >
      <Combobox.Target withAriaAttributes={false}>
        <InputBase
          {...input}
          {...picking.aria}
          {...unresolved(isOpenText)}
          data-commits-on-leaving
          ref={inputRef}
          error={error ?? (picking.isMissing && missingText(of, newName, mayCreate))}
          value={typed ?? value?.name ?? ''}
          placeholder={placeholder ?? 'Search by name'}
          autoFocus={autoFocus}
          // A dialog gives the focus to its first button otherwise.
          data-autofocus={autoFocus || undefined}
          autoComplete="off"
          onChange={(event) => picking.type(event.currentTarget.value)}
          onClick={open}
          onFocus={open}
          onInvalid={picking.tell}
          onBlur={(event) => {
            if (!isOpenText) {
              combobox.closeDropdown()
              // An emptied field means nothing, not what was there before.
              if (typed !== null && newName === '' && showsClear) onChange(null)
              setTyped(null)
              onBlur?.()
            } else picking.leave(event.currentTarget)
          }}
          onKeyDown={(event) => {
            picking.onKeyDown(event)
            if (event.key === 'Escape' && (typed === null || !combobox.dropdownOpened)) onCancel?.()
          }}
          rightSectionPointerEvents={showsClear ? 'auto' : 'none'}
          rightSection={
            picking.isSettling || (found.isFetching && combobox.dropdownOpened) ? (
              <Loader size={14} />
            ) : showsClear ? (
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
      <Combobox.Dropdown miw={readable}>
        <Combobox.Options mah={280} style={{ overflowY: 'auto' }}>
          {choices.map((option) => (
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
          {choices.length === 0 && !offersNew && (
            <Combobox.Empty>{found.isPending ? 'Looking…' : 'Nothing found'}</Combobox.Empty>
          )}
        </Combobox.Options>
      </Combobox.Dropdown>
    </Combobox>
  )
}
