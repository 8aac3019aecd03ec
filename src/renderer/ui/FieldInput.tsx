/** The input of a form in which a field's value is written: its kind says which. */
import { Autocomplete, Select, Switch, Textarea, TextInput } from '@mantine/core'
import type { ReactNode } from 'react'
import { DateField, MomentField } from './DateField'
import { type FieldNature, type FieldValue, isMoney, isReference } from './fields'
import { MoneyInput } from './MoneyInput'
import { NumberField } from './NumberField'
import { ReferencePicker } from './ReferencePicker'
import { creatable } from './referenceChoices'
import { SearchMultiSelect } from './SearchSelect'
import { TagInput } from './Tags'

/** What an input has different from its field's kind. */
export interface InputLook {
  placeholder?: string
  description?: string
  /** Of text: what was written before. */
  suggestions?: readonly string[]
  /** Of a reference: what a new record begins with. */
  createWith?: Record<string, unknown>
  /** The first one of its dialog. */
  focused?: boolean
  required?: boolean
  size?: 'xs' | 'sm'
}

export interface FieldInputProps {
  field: FieldNature
  look?: InputLook | undefined
  value: FieldValue
  onChange(value: FieldValue): void
  error?: ReactNode
  /** Told whether what is typed can be read, to hold back saving. */
  onReadable?: ((readable: boolean) => void) | undefined
}

export function FieldInput({
  field,
  look = {},
  value,
  onChange,
  error,
  onReadable,
}: FieldInputProps) {
  const { label, kind, choices = [], of = 'user', filled } = field
  const { placeholder, description, suggestions, createWith, focused, required, size } = look
  const input = {
    label,
    error,
    ...(placeholder === undefined ? {} : { placeholder }),
    ...(description === undefined ? {} : { description }),
    ...(required ? { required } : {}),
    ...(size ? { size } : {}),
    ...(focused ? { 'data-autofocus': true } : {}),
  }
  const text = typeof value === 'string' ? value : ''
  const list = Array.isArray(value) ? value : []
  switch (kind) {
    case 'reference':
    case 'person':
      return (
        <ReferencePicker
          {...input}
          of={of}
          value={isReference(value) ? value : null}
          onChange={onChange}
          {...(focused ? { autoFocus: true } : {})}
          {...(creatable[of] ? { createWith: createWith ?? {} } : {})}
        />
      )
    case 'money':
      return (
        <MoneyInput
          {...input}
          value={isMoney(value) ? value : null}
          onChange={onChange}
          {...(onReadable ? { onReadable } : {})}
        />
      )
    case 'number':
    case 'percent':
      return (
        <NumberField
          size="sm"
          {...input}
          min={0}
          allowDecimal={field.hasDecimals === true}
          {...(kind === 'percent' ? { max: 100, suffix: '%' } : { thousandSeparator: true })}
          value={typeof value === 'number' ? value : null}
          onChange={onChange}
        />
      )
    case 'date':
      return <DateField {...input} value={text || null} onChange={onChange} />
    case 'instant':
      return <MomentField {...input} value={text || null} onChange={onChange} />
    case 'choice':
      return (
        <Select
          {...input}
          allowDeselect={!filled}
          clearable={!filled}
          data={[...choices]}
          value={text || null}
          onChange={onChange}
        />
      )
    case 'choices':
      return <SearchMultiSelect {...input} data={[...choices]} value={list} onChange={onChange} />
    case 'tags':
      return <TagInput {...input} value={list} onChange={onChange} />
    case 'boolean':
      return (
        <Switch
          {...input}
          checked={value === true}
          onChange={(event) => onChange(event.currentTarget.checked)}
        />
      )
    case 'longText':
      return (
        <Textarea
          {...input}
          autosize
          minRows={2}
          maxRows={8}
          value={text}
          onChange={(event) => onChange(event.currentTarget.value)}
        />
      )
    default:
      return suggestions ? (
        <Autocomplete {...input} data={[...suggestions]} value={text} onChange={onChange} />
      ) : (
        <TextInput
          {...input}
          type={inputTypes[kind]}
          value={text}
          onChange={(event) => onChange(event.currentTarget.value)}
        />
      )
  }
}

export const inputTypes = { text: 'text', email: 'email', phone: 'tel', url: 'url' } as const
