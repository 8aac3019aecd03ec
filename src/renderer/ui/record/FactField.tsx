/** The field in which one fact is changed. */
import {
  ActionIcon,
  Autocomplete,
  Button,
  Group,
  Select,
  Stack,
  Switch,
  Textarea,
  TextInput,
} from '@mantine/core'
import { IconCheck, IconX } from '@tabler/icons-react'
import { type KeyboardEvent, useState } from 'react'
import { DateField } from '../DateField'
import { MoneyInput } from '../MoneyInput'
import { NumberField } from '../NumberField'
import { ReferencePicker } from '../ReferencePicker'
import { TagInput } from '../Tags'
import { RepeatField } from '../when/RepeatField'
import { WallTimeField } from '../when/WallTimeField'
import { type FactEditor, type FactValue, isMoney, isReference, textOrNull } from './facts'

export interface FactFieldProps {
  label: string
  editor: FactEditor
  initial: FactValue
  error?: string | undefined
  onSave(value: FactValue): void
  /** Esc was pressed. */
  onCancel(): void
  /** The focus went elsewhere, where it shall stay: with a value to save, or without. */
  onLeave(value?: FactValue): void
}

export function FactField(props: FactFieldProps) {
  const { label, editor, initial, error, onSave, onCancel, onLeave } = props
  const [value, setValue] = useState<FactValue>(initial)
  const [readable, setReadable] = useState(true)
  const finished = typeof value === 'string' ? textOrNull(value) : value
  const save = () => readable && onSave(finished)
  const leave = () => readable && onLeave(finished)
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Escape') {
      event.preventDefault()
      event.stopPropagation()
      onCancel()
    }
    const withMod = event.ctrlKey || event.metaKey
    if (event.key === 'Enter' && (withMod || !needsEnter.has(editor.type))) {
      event.preventDefault()
      save()
    }
  }
  const common = {
    'aria-label': label,
    size: 'xs' as const,
    autoFocus: true,
    error,
    onKeyDown,
  }
  const text = typeof value === 'string' || typeof value === 'number' ? String(value) : ''
  switch (editor.type) {
    case 'reference':
      // Choosing is saving: there is nothing more to say.
      return (
        <ReferencePicker
          aria-label={label}
          size="xs"
          of={editor.of}
          autoFocus
          error={error}
          value={isReference(value) ? value : null}
          onChange={onSave}
          onBlur={() => onLeave()}
          onCancel={onCancel}
          {...(editor.createWith ? { createWith: editor.createWith } : {})}
        />
      )
    case 'choice':
      return (
        <Select
          {...common}
          data={[...editor.choices]}
          value={text || null}
          clearable={!editor.required}
          allowDeselect={false}
          defaultDropdownOpened
          onChange={onSave}
          onBlur={() => onLeave()}
        />
      )
    case 'boolean':
      return (
        <Switch
          aria-label={label}
          size="sm"
          autoFocus
          checked={value === true}
          onChange={(event) => onSave(event.currentTarget.checked)}
          onKeyDown={onKeyDown}
        />
      )
    case 'tags':
      return (
        <WithButtons onSave={save} onCancel={onCancel}>
          <TagInput
            aria-label={label}
            size="xs"
            autoFocus
            error={error}
            value={Array.isArray(value) ? value : []}
            onChange={setValue}
            onKeyDown={onKeyDown}
          />
        </WithButtons>
      )
    case 'long':
      return (
        <WithButtons onSave={save} onCancel={onCancel}>
          <Textarea
            {...common}
            size="sm"
            autosize
            minRows={4}
            maxRows={18}
            value={text}
            onChange={(event) => setValue(event.currentTarget.value)}
          />
        </WithButtons>
      )
    case 'money':
      return (
        <MoneyInput
          {...common}
          value={isMoney(value) ? value : null}
          onChange={setValue}
          onReadable={setReadable}
          onBlur={(event) => {
            // Going on to the currency beside it is not leaving.
            if (!event.currentTarget.parentElement?.contains(event.relatedTarget)) leave()
          }}
        />
      )
    case 'number':
    case 'percent':
      return (
        <NumberField
          {...common}
          allowDecimal={editor.type === 'number'}
          {...(editor.type === 'percent' ? { min: 0, max: 100, suffix: '%' } : {})}
          value={typeof value === 'number' ? value : null}
          onChange={setValue}
          onBlur={leave}
        />
      )
    case 'date':
      return <DateField {...common} value={text || null} onChange={setValue} onBlur={leave} />
    case 'when':
      return (
        <WithButtons onSave={save} onCancel={onCancel}>
          <WallTimeField
            aria-label={label}
            size="xs"
            autoFocus
            error={error}
            zone={editor.zone}
            needsTime={editor.needsTime === true}
            value={text || null}
            onChange={setValue}
            onKeyDown={onKeyDown}
          />
        </WithButtons>
      )
    case 'repeat':
      return (
        <WithButtons onSave={save} onCancel={onCancel}>
          <RepeatField
            aria-label={label}
            size="xs"
            autoFocus
            error={error}
            date={editor.date}
            value={text || null}
            onChange={setValue}
          />
        </WithButtons>
      )
    case 'suggest':
      return (
        <Autocomplete
          {...common}
          data={[...editor.suggestions]}
          value={text}
          onChange={setValue}
          onOptionSubmit={onSave}
          onBlur={leave}
        />
      )
    default:
      return (
        <TextInput
          {...common}
          type={inputTypes[editor.type]}
          value={text}
          onChange={(event) => setValue(event.currentTarget.value)}
          onBlur={leave}
        />
      )
  }
}

/** Editors in which Enter alone means something else. */
const needsEnter = new Set(['long', 'tags'])
const inputTypes = { text: 'text', email: 'email', phone: 'tel', url: 'url' } as const

interface WithButtonsProps {
  onSave(): void
  onCancel(): void
  children: React.ReactNode
}

function WithButtons({ onSave, onCancel, children }: WithButtonsProps) {
  return (
    <Stack gap={4}>
      {children}
      <Group gap={4} justify="flex-end">
        <ActionIcon size="sm" aria-label="Leave as it was" onClick={onCancel}>
          <IconX size={14} />
        </ActionIcon>
        <Button size="compact-xs" leftSection={<IconCheck size={13} />} onClick={onSave}>
          Save
        </Button>
      </Group>
    </Stack>
  )
}
