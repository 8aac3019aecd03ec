/** Edits a condition: fields, operators and values, in groups of which all or any must hold. */
import {
  ActionIcon,
  Button,
  Group,
  SegmentedControl,
  Select,
  Stack,
  Text,
  TextInput,
} from '@mantine/core'
import { IconFolderPlus, IconPlus, IconX } from '@tabler/icons-react'
import {
  type Comparison,
  type Condition,
  kindOf,
  type Operator,
  partsOf,
} from '../../../contract/kernel/conditions'
import { DateField } from '../DateField'
import { acrossCurrencies } from '../money'
import { NumberField } from '../NumberField'
import { ReferencesPicker } from '../ReferencesPicker'
import { SearchMultiSelect, SearchSelect } from '../SearchSelect'
import { TagInput } from '../Tags'
import {
  addPart,
  isGroup,
  type Path,
  removePart,
  replacePart,
  setGroupKind,
  startComparison,
  withOperator,
} from './conditions'
import classes from './FilterEditor.module.css'
import { type FilterField, operatorsByKind } from './fields'

/** The editor is in a popover, which takes a press elsewhere in the page as leaving it. */
const inPopover = { withinPortal: false, shadow: 'md' }

export interface FilterEditorProps {
  fields: readonly FilterField[]
  value: Condition
  onChange(value: Condition): void
}

export function FilterEditor({ fields, value, onChange }: FilterEditorProps) {
  return (
    <>
      <GroupEditor fields={fields} root={value} path={[]} group={value} onChange={onChange} />
      {comparesMoney(fields, value) && (
        <Text size="xs" c="dimmed" mt={6}>
          {acrossCurrencies}
          {fields.some(({ name }) => name === 'currency') &&
            ' Add a condition on Currency to look at one.'}
        </Text>
      )}
    </>
  )
}

const comparesMoney = (fields: readonly FilterField[], group: Condition): boolean =>
  partsOf(group).some((part) =>
    isGroup(part)
      ? comparesMoney(fields, part)
      : !/empty$/.test(part.operator) &&
        fields.some(({ name, kind }) => name === part.field && kind === 'money'),
  )

interface GroupEditorProps {
  fields: readonly FilterField[]
  root: Condition
  path: Path
  group: Condition
  onChange(value: Condition): void
}

function GroupEditor({ fields, root, path, group, onChange }: GroupEditorProps) {
  const parts = partsOf(group)
  const [first] = fields
  const outermost = path.length === 0
  return (
    <Stack gap={8} className={outermost ? undefined : classes.group} role="group">
      {(parts.length > 1 || !outermost) && (
        <Group gap="xs" justify="space-between" wrap="nowrap">
          <SegmentedControl
            aria-label="How the conditions join"
            value={kindOf(group)}
            onChange={(kind) => onChange(setGroupKind(root, path, kind))}
            data={[
              { value: 'all', label: 'All hold' },
              { value: 'any', label: 'Any holds' },
              // Only the API makes such groups so far.
              ...('none' in group ? [{ value: 'none' as const, label: 'None holds' }] : []),
            ]}
          />
          {!outermost && (
            <ActionIcon
              aria-label="Remove this group"
              onClick={() => onChange(removePart(root, path))}
            >
              <IconX size={15} />
            </ActionIcon>
          )}
        </Group>
      )}
      {parts.map((part, index) => {
        const inner = [...path, index]
        const key = inner.join('.')
        return isGroup(part) ? (
          <GroupEditor
            key={key}
            fields={fields}
            root={root}
            path={inner}
            group={part}
            onChange={onChange}
          />
        ) : (
          <ComparisonEditor
            key={key}
            fields={fields}
            value={part}
            onChange={(next) => onChange(replacePart(root, inner, next))}
            onRemove={() => onChange(removePart(root, inner))}
          />
        )
      })}
      <Group gap="xs">
        <Button
          variant="subtle"
          leftSection={<IconPlus size={14} />}
          onClick={() => first && onChange(addPart(root, path, startComparison(first)))}
        >
          Condition
        </Button>
        {path.length < 2 && (
          <Button
            variant="subtle"
            color="gray"
            leftSection={<IconFolderPlus size={14} />}
            onClick={() =>
              first && onChange(addPart(root, path, { any: [startComparison(first)] }))
            }
          >
            Group
          </Button>
        )}
      </Group>
    </Stack>
  )
}

interface ComparisonEditorProps {
  fields: readonly FilterField[]
  value: Comparison
  onChange(value: Comparison): void
  onRemove(): void
}

function ComparisonEditor({ fields, value, onChange, onRemove }: ComparisonEditorProps) {
  const field = fields.find(({ name }) => name === value.field)
  const operators = field ? operatorsByKind[field.kind] : []
  return (
    <div className={classes.comparison}>
      <SearchSelect
        comboboxProps={inPopover}
        aria-label="Field"
        size="xs"
        allowDeselect={false}
        data={fields.map(({ name, label }) => ({ value: name, label }))}
        value={value.field}
        onChange={(name) => {
          const chosen = fields.find((candidate) => candidate.name === name)
          if (chosen) onChange(startComparison(chosen))
        }}
      />
      <Select
        comboboxProps={inPopover}
        aria-label="Operator"
        size="xs"
        allowDeselect={false}
        data={operators.map(({ operator, label }) => ({ value: operator, label }))}
        value={value.operator}
        onChange={(operator) => operator && onChange(withOperator(value, operator as Operator))}
      />
      <div className={classes.value}>
        {field ? (
          <ValueEditor field={field} comparison={value} onChange={onChange} />
        ) : (
          <Text size="xs" c="dimmed">
            This field is not known here
          </Text>
        )}
      </div>
      <ActionIcon aria-label="Remove this condition" onClick={onRemove}>
        <IconX size={15} />
      </ActionIcon>
    </div>
  )
}

interface ValueEditorProps {
  field: FilterField
  comparison: Comparison
  onChange(value: Comparison): void
}

function ValueEditor({ field, comparison, onChange }: ValueEditorProps) {
  const { operator, value } = comparison
  if (operator === 'is_empty' || operator === 'is_not_empty') return null
  const set = (next: Comparison['value']) => {
    const { value: _before, ...rest } = comparison
    onChange(next === undefined ? rest : { ...rest, value: next })
  }
  const list = Array.isArray(value) ? value.map(String) : value == null ? [] : [String(value)]
  const single = typeof value === 'object' ? undefined : value
  switch (field.kind) {
    case 'reference':
      return (
        <ReferencesPicker
          aria-label="Value"
          of={field.of ?? 'user'}
          value={list}
          onChange={set}
          withinPortal={false}
        />
      )
    case 'choice':
    case 'choices':
      return (
        <SearchMultiSelect
          comboboxProps={inPopover}
          aria-label="Value"
          size="xs"
          data={[...(field.choices ?? [])]}
          value={list}
          onChange={set}
        />
      )
    case 'tags':
      return operator === 'contains' ? (
        <TextInput
          aria-label="Value"
          size="xs"
          value={String(single ?? '')}
          onChange={(event) => set(event.currentTarget.value)}
        />
      ) : (
        <TagInput
          aria-label="Value"
          size="xs"
          value={list}
          onChange={set}
          comboboxProps={inPopover}
        />
      )
    case 'number':
    case 'money':
      return (
        <NumberField
          aria-label="Value"
          size="xs"
          thousandSeparator
          value={typeof single === 'number' ? single : null}
          onChange={(next) => set(next ?? undefined)}
        />
      )
    case 'date':
    case 'instant':
      return (
        <DateField
          aria-label="Value"
          size="xs"
          value={typeof single === 'string' ? single.slice(0, 10) : null}
          onChange={(next) => set(next ?? undefined)}
        />
      )
    case 'boolean':
      return (
        <Select
          comboboxProps={inPopover}
          aria-label="Value"
          size="xs"
          allowDeselect={false}
          data={[
            { value: 'true', label: 'Yes' },
            { value: 'false', label: 'No' },
          ]}
          value={String(single ?? true)}
          onChange={(next) => set(next === 'true')}
        />
      )
    case 'text':
      return (
        <TextInput
          aria-label="Value"
          size="xs"
          value={String(single ?? '')}
          onChange={(event) => set(event.currentTarget.value)}
        />
      )
  }
}
