/** Says that a record was created, where the person has gone on, and leads to it. */
import { Button, Group, Text } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { kinds, type PageKind } from './records'

export function offerNew(kind: PageKind, name: string, open: () => void): void {
  const { one } = kinds[kind]
  const id = notifications.show({
    withBorder: true,
    autoClose: 10_000,
    message: (
      <Group justify="space-between" wrap="nowrap" gap="sm">
        <Text size="sm" lineClamp={2}>
          {one.charAt(0).toUpperCase() + one.slice(1)} created: {name}
        </Text>
        <Button
          variant="light"
          size="compact-sm"
          flex="none"
          onClick={() => {
            notifications.hide(id)
            open()
          }}
        >
          Open
        </Button>
      </Group>
    ),
  })
}
