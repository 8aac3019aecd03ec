/** The field in which one fact is changed. */
import { ActionIcon, Button, Group, Stack } from '@mantine/core'
import { IconCheck, IconX } from '@tabler/icons-react'
import { type KeyboardEvent, useState } from 'react'
import { type DraftOptions, useKeeping, useKept } from '../../app/drafts/useDraft'
import type { FieldValue } from '../fields'
import { textOrNull } from '../forms'
import { FactInput } from './FactInput'
import type { FactEditor } from './facts'

export interface FactFieldProps {
  /** Under which what is typed is kept, and as what. */
  keep: Pick<DraftOptions, 'key' | 'title' | 'recordId' | 'basedOn'>
  /** What is stored. */
  stored: FieldValue
  label: string
  editor: FactEditor
  initial: FieldValue
  error?: string | undefined
  onSave(value: FieldValue, typed: TypedFact): void
  /** Esc was pressed. */
  onCancel(): void
  /** The focus went elsewhere, where it shall stay: with a value to save, or without. */
  onLeave(value?: FieldValue, typed?: TypedFact): void
}

export interface TypedFact {
  /** The record as it was when this was typed, where that was an earlier time. */
  began: unknown
  /** It was not saved: what was typed is a draft again. */
  keepAgain(): void
}

export function FactField(props: FactFieldProps) {
  const { label, editor, initial, error } = props
  const onSave = (next: FieldValue) => {
    draft.done()
    props.onSave(next, typed())
  }
  const onLeave = (next?: FieldValue) => {
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
  const kept = useKept<FieldValue>(props.keep.key, null)
  const [value, setValue] = useState<FieldValue>(kept ? kept.content : initial)
  const draft = useKeeping<FieldValue>({
    ...props.keep,
    kept,
    value,
    blank: props.stored,
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
      if (withButtons.has(editor.type)) props.onCancel()
      else onCancel()
    }
    const withMod = event.ctrlKey || event.metaKey
    if (event.key === 'Enter' && (withMod || !needsEnter.has(editor.type))) {
      event.preventDefault()
      save()
    }
  }
  const input = (
    <FactInput
      label={label}
      editor={editor}
      error={error}
      value={value}
      onChange={setValue}
      onReadable={setReadable}
      onChosen={onSave}
      onKeyDown={onKeyDown}
      onBlur={leave}
      onLeave={() => onLeave()}
      onCancel={onCancel}
    />
  )
  return withButtons.has(editor.type) ? (
    <WithButtons onSave={save} onCancel={onCancel}>
      {input}
    </WithButtons>
  ) : (
    input
  )
}

/** Editors that are saved by a button, and that Esc puts aside. */
const withButtons = new Set(['longText', 'tags', 'choices', 'when', 'repeat'])
/** Editors in which Enter alone means something else. */
const needsEnter = new Set(['longText', 'tags', 'choices'])

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
