/** The days in which the counted plans began, and whose they are. */
import { Group } from '@mantine/core'
import type { Reference } from '../../../../../contract/kernel/shapes'
import { DateField } from '../../../../ui/DateField'
import { ReferencePicker } from '../../../../ui/ReferencePicker'

export interface Period {
  from: string | null
  to: string | null
  user: Reference | null
}

export const allTime: Period = { from: null, to: null, user: null }

/** As the core asks for it. */
export const periodInput = ({ from, to, user }: Period) => ({
  ...(from && { from }),
  ...(to && { to }),
  ...(user && { userId: [user.id] }),
})

export const isReversed = ({ from, to }: Period) => Boolean(from && to && to < from)

export function PeriodFilter({
  value,
  onChange,
}: {
  value: Period
  onChange(value: Period): void
}) {
  return (
    <Group gap="xs" align="flex-start" mb="md">
      <DateField
        label="Begun from"
        size="xs"
        value={value.from}
        onChange={(from) => onChange({ ...value, from })}
      />
      <DateField
        label="To"
        size="xs"
        value={value.to}
        error={isReversed(value) ? 'Before the first day' : undefined}
        onChange={(to) => onChange({ ...value, to })}
      />
      <ReferencePicker
        of="user"
        label="Person"
        size="xs"
        placeholder="Everybody"
        value={value.user}
        onChange={(user) => onChange({ ...value, user })}
      />
    </Group>
  )
}
