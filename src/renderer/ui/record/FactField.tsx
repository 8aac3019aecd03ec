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
import { type DraftOptions, useKeeping, useKept } from '../../app/drafts/useDraft'
import { DateField } from '../DateField'
import { textOrNull } from '../forms'
import { MoneyInput } from '../MoneyInput'
import { NumberField } from '../NumberField'
import { ReferencePicker } from '../ReferencePicker'
import { SearchMultiSelect } from '../SearchSelect'
import { TagInput } from '../Tags'
import { RepeatField } from '../when/RepeatField'
import { WallTimeField } from '../when/WallTimeField'
import { type FactEditor, type FactValue, isMoney, isReference } from './facts'

export interface FactFieldProps {
  /** Under which what is typed is kept, and as what. */
  keep: Pick<DraftOptions, 'key' | 'title' | 'recordId' | 'basedOn'>
  /** What is stored. */
  stored: FactValue
  label: string
  editor: FactEditor
  initial: FactValue
  error?: string | undefined
  onSave(value: FactValue, typed: TypedFact): void
  /** Esc was pressed. */
  onCancel(): void
  /** The focus went elsewhere, where it shall stay: with a value to save, or without. */
  onLeave(value?: FactValue, typed?: TypedFact): void
}

export interface TypedFact {
  /** The record as it was when this was typed, where that was an earlier time. */
  began: unknown
  /** It was not saved: what was typed is a draft again. */
  keepAgain(): void
}

export function FactField(props: FactFieldProps) {
  const { label, editor, initial, error } = props
  const onSave = (next: FactValue) => {
    draft.done()
    props.onSave(next, typed())
  }
  const onLeave = (next?: FactValue) => {
    if (next === undefined) return props.onLeave()
    draft.done()
    props.onLeave(next, typed())
  }
  const typed = (): TypedFact => ({ began: draft.restoredFrom, keepAgain: draft.keepAgain })
  /** As it was: a toast brings back what was typed. */
  const onCancel = () => {
    draft.discard()
    props.onCancel()
  }
  const kept = useKept<FactValue>(props.keep.key, null)
  const [value, setValue] = useState<FactValue>(kept ? kept.content : initial)
  const draft = useKeeping<FactValue>({
    ...props.keep,
    kept,
    value,
    blank: props.stored,
    isChanged: JSON.stringify(value) !== JSON.stringify(props.stored),
    put: setValue,
  })
  const [readable, setReadable] = useState(true)
  const finished = typeof value === 'string' ? textOrNull(value) : value
  const save = () => readable && onSave(finished)
  const leave = () => readable && onLeave(finished)
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Escape') {
      event.preventDefault()
      event.stopPropagation()
      // Much that was written is put aside, a line is as it was.
      if (keepsOnEscape.has(editor.type)) props.onCancel()
      else onCancel()
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
    case 'choices':
      return (
        <WithButtons onSave={save} onCancel={onCancel}>
          <SearchMultiSelect
            {...common}
            data={[...editor.choices]}
            value={Array.isArray(value) ? value : []}
            clearable
            onChange={setValue}
          />
        </WithButtons>
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
          {...(editor.currency ? { currency: editor.currency } : {})}
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
          {...(editor.type === 'percent' ? { min: 0, max: 100, suffix: '%' } : editor.shape)}
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

/** Editors that Esc puts aside. */
const keepsOnEscape = new Set(['long', 'tags', 'choices', 'when', 'repeat'])
/** Editors in which Enter alone means something else. */
const needsEnter = new Set(['long', 'tags', 'choices'])
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
