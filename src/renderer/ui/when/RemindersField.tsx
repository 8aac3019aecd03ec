/** Several reminders before something: "1 day before", "1 hour before". */
import { ActionIcon, Button, Group, Menu, Pill } from '@mantine/core'
import { IconBellPlus } from '@tabler/icons-react'
import { beforeText, usualMinutes } from './before'

export interface RemindersFieldProps {
  /** Minutes before. */
  value: readonly number[]
  onChange(value: number[]): void
}

const most = 10

export function RemindersField({ value, onChange }: RemindersFieldProps) {
  const left = usualMinutes.filter((minutes) => !value.includes(minutes))
  return (
    <Group gap={6} role="group" aria-label="Reminders">
      {value.map((minutes) => (
        <Pill
          key={minutes}
          withRemoveButton
          removeButtonProps={{ 'aria-label': `No reminder ${beforeText(minutes)}` }}
          onRemove={() => onChange(value.filter((other) => other !== minutes))}
        >
          {beforeText(minutes)}
        </Pill>
      ))}
      {value.length < most && left.length > 0 && (
        <Menu position="bottom-start">
          <Menu.Target>
            {value.length === 0 ? (
              <Button
                variant="subtle"
                color="gray"
                size="compact-sm"
                leftSection={<IconBellPlus size={15} />}
              >
                Remind me
              </Button>
            ) : (
              <ActionIcon size="sm" aria-label="Another reminder">
                <IconBellPlus size={15} />
              </ActionIcon>
            )}
          </Menu.Target>
          <Menu.Dropdown>
            {left.map((minutes) => (
              <Menu.Item
                key={minutes}
                onClick={() => onChange([...value, minutes].sort((one, other) => other - one))}
              >
                {beforeText(minutes)}
              </Menu.Item>
            ))}
          </Menu.Dropdown>
        </Menu>
      )}
    </Group>
  )
}
