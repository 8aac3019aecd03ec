/** One branch of a step: if this comes of it, the plan continues there. */
import { ActionIcon, Group, MultiSelect, Select, Stack, Text } from '@mantine/core'
import { IconX } from '@tabler/icons-react'
import type { StepBranch } from '../../../../contract/outreach/cadences'
import { useWords } from '../../timeline/activities/words'

const whens: { value: StepBranch['when']; label: string }[] = [
  { value: 'replied', label: 'If the contact has answered' },
  { value: 'no_reply', label: 'If there is no answer' },
  { value: 'outcome', label: 'If the outcome is' },
]
const goes: { value: StepBranch['go']; label: string }[] = [
  { value: 'to_step', label: 'go on with step' },
  { value: 'skip_next', label: 'skip the next step' },
  { value: 'end', label: 'end the plan' },
]

export interface BranchFieldsProps {
  branch: StepBranch
  later: readonly { id: string | undefined; position: number }[]
  readOnly: boolean
  error: string | undefined
  onChange(branch: StepBranch): void
  onRemove(): void
}

export function BranchFields(props: BranchFieldsProps) {
  const { branch, later, readOnly, error, onChange, onRemove } = props
  const words = useWords()
  const targets = later.flatMap(({ id, position }) =>
    id === undefined ? [] : [{ value: id, label: String(position) }],
  )
  return (
    <Stack gap={4}>
      <Group gap="xs" align="center">
        <Select
          size="xs"
          aria-label="If"
          allowDeselect={false}
          disabled={readOnly}
          w={210}
          data={whens}
          value={branch.when}
          onChange={(when) => when && onChange({ ...branch, when, outcomes: [] })}
        />
        {branch.when === 'outcome' && (
          <MultiSelect
            size="xs"
            aria-label="Outcomes"
            disabled={readOnly}
            miw={180}
            data={words.outcomes.map(({ name, label }) => ({ value: name, label }))}
            value={branch.outcomes}
            onChange={(outcomes) => onChange({ ...branch, outcomes })}
          />
        )}
        <Select
          size="xs"
          aria-label="Then"
          allowDeselect={false}
          disabled={readOnly}
          w={170}
          data={goes}
          value={branch.go}
          onChange={(go) =>
            go &&
            onChange({
              ...branch,
              go,
              stepId: go === 'to_step' ? (targets[0]?.value ?? null) : null,
            })
          }
        />
        {branch.go === 'to_step' && (
          <Select
            size="xs"
            aria-label="Step"
            disabled={readOnly}
            w={80}
            data={targets}
            value={branch.stepId}
            onChange={(stepId) => onChange({ ...branch, stepId })}
          />
        )}
        {!readOnly && (
          <ActionIcon size="sm" aria-label="Remove this branch" onClick={onRemove}>
            <IconX size={14} />
          </ActionIcon>
        )}
      </Group>
      {branch.go === 'to_step' && targets.length < later.length && (
        <Text size="xs" c="dimmed">
          Steps that are new can be led to once they are saved.
        </Text>
      )}
      {error && (
        <Text size="xs" c="red" role="alert">
          {error}
        </Text>
      )}
    </Stack>
  )
}
