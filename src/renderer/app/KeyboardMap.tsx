/** The keyboard map: every shortcut of the registry, by where it works. */
import { Group, Modal, SimpleGrid, Stack, Text, Title } from '@mantine/core'
import { useOnDemand } from '../ui/useOnDemand'
import { Keys } from './Keys'
import { type Shortcut, shortcuts } from './shortcuts'

export function KeyboardMap({ opened, onClose }: { opened: boolean; onClose(): void }) {
  const dialog = useOnDemand(opened)
  return dialog.mounted && <Shortcuts opened={dialog.opened} onClose={onClose} />
}

function Shortcuts({ opened, onClose }: { opened: boolean; onClose(): void }) {
  const groups = Map.groupBy(Object.values(shortcuts), (shortcut: Shortcut) => shortcut.group)
  return (
    <Modal opened={opened} onClose={onClose} title="Keyboard" size="xl">
      <SimpleGrid cols={{ base: 1, sm: 2 }} spacing="xl" verticalSpacing="lg">
        {[...groups].map(([group, members]) => (
          <Stack key={group} gap={6} component="section">
            <Title order={3} size="h4">
              {group}
            </Title>
            {members.map((shortcut) => (
              <Group key={shortcut.label} justify="space-between" wrap="nowrap">
                <Text size="sm">{shortcut.label}</Text>
                <Keys keys={shortcut.keys} />
              </Group>
            ))}
          </Stack>
        ))}
      </SimpleGrid>
    </Modal>
  )
}
