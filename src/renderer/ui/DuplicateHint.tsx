/** While a new record is typed: what is there already and sounds like it. */
import { Alert, Anchor, Group, Text } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { IconCopyCheck } from '@tabler/icons-react'
import { keepPreviousData, useQueries } from '@tanstack/react-query'
import { useApp } from '../app/actions'
import { recordPath } from '../app/records'
import { findReferences } from './references'

export interface DuplicateHintProps {
  kind: 'company' | 'contact' | 'lead' | 'customer'
  /** Name, domain, e-mail address …: each is looked for by itself. */
  typed: readonly string[]
  /** Takes the found one instead of creating another. */
  onTake?: ((record: { id: string; name: string }) => void) | undefined
  onLeave(): void
}

const shortest = 3
const most = 3

export function DuplicateHint({ kind, typed, onTake, onLeave }: DuplicateHintProps) {
  const app = useApp()
  const texts = typed.map((text) => text.trim()).filter((text) => text.length >= shortest)
  const [asked] = useDebouncedValue(texts.join('\n'), 200)
  const answers = useQueries({
    queries: (asked ? asked.split('\n') : []).map((text) => ({
      ...findReferences(kind, text),
      placeholderData: keepPreviousData,
    })),
    combine: (results) => results.flatMap(({ data }) => data ?? []),
  })
  const found =
    texts.length > 0
      ? [...new Map(answers.map((one) => [one.id, one])).values()].slice(0, most)
      : []
  if (found.length === 0) return null
  return (
    <Alert
      color="amber"
      py={6}
      px={10}
      icon={<IconCopyCheck size={16} />}
      title="Perhaps it is there already"
    >
      <Group gap="xs">
        {found.map(({ id, name, detail }) => (
          <Anchor
            key={id}
            component="button"
            type="button"
            size="sm"
            onClick={() => {
              onLeave()
              if (onTake) onTake({ id, name })
              else app.goTo(recordPath(kind, id))
            }}
          >
            {name}
            {detail && (
              <Text span c="dimmed" size="xs">
                {' '}
                {detail}
              </Text>
            )}
          </Anchor>
        ))}
      </Group>
    </Alert>
  )
}
