/** Asks why a lead was lost, with the reasons given before one press away. */
import { Chip, Group, Stack, TextInput } from '@mantine/core'
import { useFacets } from './useFacets'

/** The most usual ones come first. */
const shownReasons = 8

export interface LostReasonInputProps {
  value: string
  onChange(value: string): void
  error?: string | undefined
}

export function LostReasonInput({ value, onChange, error }: LostReasonInputProps) {
  const reasons = useFacets()?.lostReasons ?? []
  return (
    <Stack gap={8}>
      <TextInput
        label="Why was it lost?"
        placeholder="Price, timing, a competitor …"
        data-autofocus
        value={value}
        onChange={(event) => onChange(event.currentTarget.value)}
        error={error}
        maxLength={500}
      />
      {reasons.length > 0 && (
        <Group gap={6} role="group" aria-label="Reasons given before">
          {reasons.slice(0, shownReasons).map((reason) => (
            <Chip
              key={reason}
              size="xs"
              variant="outline"
              checked={value.trim() === reason}
              onChange={(on) => onChange(on ? reason : '')}
            >
              {reason}
            </Chip>
          ))}
        </Group>
      )}
    </Stack>
  )
}
