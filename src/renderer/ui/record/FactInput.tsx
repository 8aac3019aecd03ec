/** The input of one fact, as its editor says. */
import { Autocomplete, Select, Switch, Textarea, TextInput } from '@mantine/core'
import type { KeyboardEvent } from 'react'
import { DateField } from '../DateField'
import { inputTypes } from '../FieldInput'
import { type FieldValue, isMoney, isReference } from '../fields'
import { MoneyInput } from '../MoneyInput'
import { NumberField } from '../NumberField'
import { ReferencePicker } from '../ReferencePicker'
import { SearchMultiSelect } from '../SearchSelect'
import { TagInput } from '../Tags'
import { RepeatField } from '../when/RepeatField'
import { WallTimeField } from '../when/WallTimeField'
import type { FactEditor } from './facts'

export interface FactInputProps {
  label: string
  editor: FactEditor
  error: string | undefined
  value: FieldValue
  onChange(value: FieldValue): void
  /** Told whether what is typed can be read. */
  onReadable(readable: boolean): void
  /** Choosing is saving: there is nothing more to say. */
  onChosen(value: FieldValue): void
  onKeyDown(event: KeyboardEvent): void
  /** The focus went elsewhere: what is typed is to be saved. */
  onBlur(): void
  /** The focus went elsewhere: nothing was chosen. */
  onLeave(): void
  onCancel(): void
}

export function FactInput(props: FactInputProps) {
  const { label, editor, error, value, onChange, onReadable, onChosen, onKeyDown, onBlur } = props
  const { onLeave, onCancel } = props
  const plain = { 'aria-label': label, size: 'xs', autoFocus: true, error } as const
  const common = { ...plain, onKeyDown }
  const text = typeof value === 'string' || typeof value === 'number' ? String(value) : ''
  const list = Array.isArray(value) ? value : []
  switch (editor.type) {
    case 'reference':
      return (
        <ReferencePicker
          {...plain}
          of={editor.of}
          value={isReference(value) ? value : null}
          onChange={onChosen}
          onBlur={onLeave}
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
          onChange={onChosen}
          onBlur={onLeave}
        />
      )
    case 'choices':
      return (
        <SearchMultiSelect
          {...common}
          data={[...editor.choices]}
          value={list}
          clearable
          onChange={onChange}
        />
      )
    case 'boolean':
      return (
        <Switch
          aria-label={label}
          size="sm"
          autoFocus
          checked={value === true}
          onChange={(event) => onChosen(event.currentTarget.checked)}
          onKeyDown={onKeyDown}
        />
      )
    case 'tags':
      return <TagInput {...common} value={list} onChange={onChange} />
    case 'longText':
      return (
        <Textarea
          {...common}
          size="sm"
          autosize
          minRows={4}
          maxRows={18}
          value={text}
          onChange={(event) => onChange(event.currentTarget.value)}
        />
      )
    case 'money':
      return (
        <MoneyInput
          {...common}
          value={isMoney(value) ? value : null}
          {...(editor.currency ? { currency: editor.currency } : {})}
          onChange={onChange}
          onReadable={onReadable}
          onBlur={(event) => {
            // Going on to the currency beside it is not leaving.
            if (!event.currentTarget.parentElement?.contains(event.relatedTarget)) onBlur()
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
          onChange={onChange}
          onBlur={onBlur}
        />
      )
    case 'date':
      return <DateField {...common} value={text || null} onChange={onChange} onBlur={onBlur} />
    case 'when':
      return (
        <WallTimeField
          {...common}
          zone={editor.zone}
          needsTime={editor.needsTime === true}
          value={text || null}
          onChange={onChange}
        />
      )
    case 'repeat':
      return <RepeatField {...plain} date={editor.date} value={text || null} onChange={onChange} />
    case 'suggest':
      return (
        <Autocomplete
          {...common}
          data={[...editor.suggestions]}
          value={text}
          onChange={onChange}
          onOptionSubmit={onChosen}
          onBlur={onBlur}
        />
      )
    default:
      return (
        <TextInput
          {...common}
          type={inputTypes[editor.type]}
          value={text}
          onChange={(event) => onChange(event.currentTarget.value)}
          onBlur={onBlur}
        />
      )
  }
}
