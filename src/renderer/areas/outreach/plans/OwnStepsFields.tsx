/** Writes the few steps of a plan of its own: what, on which day, about what. */
import { ActionIcon, Button, Group, Select, Stack, Text, TextInput } from '@mantine/core'
import { IconPlus, IconX } from '@tabler/icons-react'
import { useRef } from 'react'
import { DateField } from '../../../ui/DateField'
import { useWords } from '../../timeline/activities/words'
import classes from './AssignDialog.module.css'
import { type OwnStep, ownStep } from './ownSteps'

/** As many as one writes by hand; more is a cadence. */
const most = 20

export interface OwnStepsFieldsProps {
  steps: readonly OwnStep[]
  /** By the key of the step. */
  faults: ReadonlyMap<string, string>
  today: string
  onChange(steps: OwnStep[]): void
}

export function OwnStepsFields({ steps, faults, today, onChange }: OwnStepsFieldsProps) {
  const { types } = useWords()
  const added = useRef(0)
  const change = (index: number, patch: Partial<OwnStep>) =>
    onChange(steps.map((step, other) => (other === index ? { ...step, ...patch } : step)))
  const newKey = () => {
    // Restored steps have keys of this kind already.
    while (steps.some(({ key }) => key === `added ${added.current}`)) added.current++
    return `added ${added.current++}`
  }
  const add = () => onChange([...steps, ownStep(newKey(), today, steps.at(-1)?.date ?? null)])
  return (
    <Stack gap={8} component="ol" className={classes.ownSteps} aria-label="Steps">
      {steps.map(({ key, type, date, subject }, index) => (
        <li key={key} className={classes.ownStep}>
          <Text span size="sm" c="dimmed" className={classes.number} aria-hidden>
            {index + 1}.
          </Text>
          <Select
            aria-label={`What step ${index + 1} is`}
            allowDeselect={false}
            data={types.map(({ name, label }) => ({ value: name, label }))}
            value={type}
            className={classes.what}
            onChange={(chosen) => chosen && change(index, { type: chosen })}
          />
          <DateField
            aria-label={`Day of step ${index + 1}`}
            value={date}
            error={faults.get(key)}
            className={classes.day}
            onChange={(chosen) => change(index, { date: chosen })}
          />
          <TextInput
            aria-label={`What step ${index + 1} is about`}
            placeholder="What it is about"
            maxLength={255}
            value={subject}
            className={classes.about}
            onChange={(event) => change(index, { subject: event.currentTarget.value })}
          />
          <ActionIcon
            aria-label={`Remove step ${index + 1}`}
            disabled={steps.length === 1}
            onClick={() => onChange(steps.filter((_, other) => other !== index))}
          >
            <IconX size={16} />
          </ActionIcon>
        </li>
      ))}
      <Group component="li" gap="sm">
        {steps.length < most && (
          <Button
            variant="subtle"
            size="compact-sm"
            leftSection={<IconPlus size={14} />}
            onClick={add}
          >
            Another step
          </Button>
        )}
        <Text size="xs" c="dimmed">
          What is done earlier or later moves the steps after it along.
        </Text>
      </Group>
    </Stack>
  )
}
