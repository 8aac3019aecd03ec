/** When an e-mail goes. */
import { Group, Select, Text } from '@mantine/core'
import { shortText } from '../../../ui/dates'
import { WallTimeField } from '../../../ui/when/WallTimeField'
import type { Timing } from './timing'

export interface SendOptionsProps {
  timing: Timing
  onTiming(timing: Timing): void
  /** When quiet hours end that hold now for the recipient. */
  quietUntil: string | null
}

export function SendOptions(props: SendOptionsProps) {
  const { timing, onTiming, quietUntil } = props
  return (
    <div>
      <Group gap="sm" align="flex-start">
        <Select
          label="When"
          flex="1 1 200px"
          allowDeselect={false}
          data={[
            { value: 'now', label: 'Now' },
            { value: 'approve', label: 'As soon as quiet hours allow' },
            { value: 'at', label: 'At a time' },
          ]}
          value={timing.when}
          onChange={(when) => onTiming({ ...timing, when: (when ?? 'now') as Timing['when'] })}
        />
        {timing.when === 'at' && (
          <WallTimeField
            label="Time"
            needsTime
            value={timing.at}
            onChange={(at) => onTiming({ ...timing, at })}
          />
        )}
      </Group>
      {quietUntil && (
        <Text size="xs" c="dimmed" mt={4}>
          {timing.when === 'now'
            ? `It is quiet time where they are, until ${shortText(quietUntil, new Date(), true)}. “Now” does not wait for it.`
            : `Not before ${shortText(quietUntil, new Date(), true)}: it is quiet time where they are until then.`}
        </Text>
      )}
    </div>
  )
}
