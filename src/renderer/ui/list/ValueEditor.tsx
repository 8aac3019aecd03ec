/** The value that a condition compares with: one, two, several, or how far from now. */
import { Group, Select, Text, TextInput } from '@mantine/core'
import { useState } from 'react'
import {
  type Comparison,
  type Span,
  type SpanUnit,
  spanUnits,
} from '../../../contract/kernel/conditions'
import { DateField } from '../DateField'
import type { FilterField } from '../fields'
import { NumberField } from '../NumberField'
import { ReferencesPicker } from '../ReferencesPicker'
import { SearchMultiSelect } from '../SearchSelect'
import { TagInput } from '../Tags'
import { spanOf } from './conditions'
import classes from './FilterEditor.module.css'
import { inPopover } from './inPopover'

type Value = Comparison['value']
type One = string | number | boolean | null | undefined

export interface ValueEditorProps {
  field: FilterField
  comparison: Comparison
  onChange(value: Comparison): void
}

export function ValueEditor({ field, comparison, onChange }: ValueEditorProps) {
  const { operator, value } = comparison
  const set = (next: Value) => {
    const { value: _before, ...rest } = comparison
    onChange(next === undefined ? rest : { ...rest, value: next })
  }
  switch (operator) {
    case 'is_empty':
    case 'is_not_empty':
      return null
    case 'within_last':
    case 'within_next':
      return <SpanEditor wholeDays={field.kind === 'date'} value={spanOf(value)} onChange={set} />
    case 'between':
      return <RangeEditor field={field} value={value} onChange={set} />
    case 'contains':
      return <OneEditor field={{ ...field, kind: 'text' }} value={value} onChange={set} />
    default:
      return <PlainEditor field={field} value={value} onChange={set} />
  }
}

interface EditorProps {
  field: FilterField
  value: Value
  onChange(value: Value): void
}

function PlainEditor({ field, value, onChange }: EditorProps) {
  const list = Array.isArray(value) ? value.map(String) : value == null ? [] : [String(value)]
  const common = { 'aria-label': 'Value', size: 'xs', value: list, onChange }
  switch (field.kind) {
    case 'reference':
    case 'person':
      return (
        <ReferencesPicker
          aria-label="Value"
          of={field.of ?? 'user'}
          value={list}
          onChange={onChange}
          withinPortal={false}
        />
      )
    case 'choice':
    case 'choices':
      return (
        <SearchMultiSelect
          {...common}
          comboboxProps={inPopover}
          data={[...(field.choices ?? [])]}
        />
      )
    case 'tags':
      return <TagInput {...common} comboboxProps={inPopover} />
    default:
      return <OneEditor field={field} value={value} onChange={onChange} />
  }
}

interface OneEditorProps extends EditorProps {
  label?: string
}

function OneEditor({ field, value, onChange, label = 'Value' }: OneEditorProps) {
  const single: One = typeof value === 'object' ? undefined : value
  const common = { 'aria-label': label, size: 'xs' }
  switch (field.kind) {
    case 'number':
    case 'percent':
    case 'money':
      return (
        <NumberField
          {...common}
          thousandSeparator
          value={typeof single === 'number' ? single : null}
          onChange={(next) => onChange(next ?? undefined)}
        />
      )
    case 'date':
    case 'instant':
      return (
        <DateField
          {...common}
          value={typeof single === 'string' ? single.slice(0, 10) : null}
          onChange={(next) => onChange(next ?? undefined)}
        />
      )
    case 'boolean':
      return (
        <Select
          {...common}
          comboboxProps={inPopover}
          allowDeselect={false}
          data={[
            { value: 'true', label: 'Yes' },
            { value: 'false', label: 'No' },
          ]}
          value={String(single ?? true)}
          onChange={(next) => onChange(next === 'true')}
        />
      )
    default:
      return (
        <TextInput
          {...common}
          value={String(single ?? '')}
          onChange={(event) => onChange(event.currentTarget.value)}
        />
      )
  }
}

/** The lowest and the highest value, in either order. */
function RangeEditor({ field, value, onChange }: EditorProps) {
  const [from = null, to = null] = Array.isArray(value) ? value : []
  const scalar = (next: Value): string | number | boolean | null =>
    typeof next === 'object' || next === undefined ? null : next
  return (
    <div className={classes.range}>
      <OneEditor
        field={field}
        label="From"
        value={from}
        onChange={(next) => onChange([scalar(next), to])}
      />
      <Text size="xs" c="dimmed">
        and
      </Text>
      <OneEditor
        field={field}
        label="To"
        value={to}
        onChange={(next) => onChange([from, scalar(next)])}
      />
    </div>
  )
}

interface SpanEditorProps {
  /** A date has no hours. */
  wholeDays: boolean
  value: Span | undefined
  onChange(value: Span | undefined): void
}

function SpanEditor({ wholeDays, value, onChange }: SpanEditorProps) {
  const [unit, setUnit] = useState<SpanUnit>(value?.unit ?? 'days')
  const units = spanUnits.filter((name) => !wholeDays || (name !== 'minutes' && name !== 'hours'))
  return (
    <Group gap={6} wrap="nowrap" grow>
      <NumberField
        aria-label="Amount"
        size="xs"
        min={1}
        max={10_000}
        allowDecimal={false}
        value={value?.amount ?? null}
        onChange={(amount) => onChange(amount === null ? undefined : { amount, unit })}
      />
      <Select
        aria-label="Unit"
        size="xs"
        comboboxProps={inPopover}
        allowDeselect={false}
        data={[...units]}
        value={unit}
        onChange={(next) => {
          const chosen = units.find((name) => name === next) ?? unit
          setUnit(chosen)
          if (value) onChange({ ...value, unit: chosen })
        }}
      />
    </Group>
  )
}
