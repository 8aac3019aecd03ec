/** Edits a condition: fields, operators and values, in groups of which all, any or none must hold. */
import { ActionIcon, Button, Group, SegmentedControl, Select, Stack, Text } from '@mantine/core'
import { IconFolderPlus, IconPlus, IconX } from '@tabler/icons-react'
import {
  type Comparison,
  type Condition,
  kindOf,
  type Operator,
  partsOf,
} from '../../../contract/kernel/conditions'
import type { FilterField } from '../fields'
import { acrossCurrencies } from '../money'
import { SearchSelect } from '../SearchSelect'
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
import { inPopover } from './inPopover'
import { operatorsByKind } from './operators'
import { ValueEditor } from './ValueEditor'

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
      {(parts.length > 1 || !outermost || kindOf(group) === 'none') && (
        <Group gap="xs" justify="space-between" wrap="nowrap">
          <SegmentedControl
            aria-label="How the conditions join"
            value={kindOf(group)}
            onChange={(kind) => onChange(setGroupKind(root, path, kind))}
            data={[
              { value: 'all', label: 'All match' },
              { value: 'any', label: 'Any match' },
              { value: 'none', label: 'None match' },
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
