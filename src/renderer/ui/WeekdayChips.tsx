/** Days of the week to choose any of. */
import { Chip, Group, Stack, Text } from '@mantine/core'
import { useId } from 'react'
import { weekdayNames } from './weekdays'

export interface WeekdayChipsProps {
  label: string
  /** ISO weekdays: 1 is Monday. */
  value: readonly number[]
  onChange(days: number[]): void
}

export function WeekdayChips({ label, value, onChange }: WeekdayChipsProps) {
  const id = useId()
  return (
    <Stack gap={6}>
      <Text size="sm" fw={500} id={id}>
        {label}
      </Text>
      <Group gap={6} role="group" aria-labelledby={id}>
        {weekdayNames().map(({ day, name }) => (
          <Chip
            key={day}
            checked={value.includes(day)}
            onChange={(on) =>
              onChange(on ? [...value, day].toSorted() : value.filter((other) => other !== day))
            }
          >
            {name}
          </Chip>
        ))}
      </Group>
    </Stack>
  )
}
