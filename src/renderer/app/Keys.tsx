/** Keys of a shortcut, drawn as caps. */
import { Group, Kbd } from '@mantine/core'
import { isMac } from './keyboard'
import { keyCaps } from './shortcuts'

export function Keys({ keys }: { keys: string }) {
  return (
    <Group gap={4} wrap="nowrap" component="span" aria-hidden className="keys">
      {keyCaps(keys, isMac).map((chord) => (
        <Group key={chord.join('+')} gap={2} wrap="nowrap" component="span">
          {chord.map((cap) => (
            <Kbd key={cap} size="xs">
              {cap}
            </Kbd>
          ))}
        </Group>
      ))}
    </Group>
  )
}
