/** A person in passing: initials in a steady colour, the name beside them or on hover. */
import { Avatar, Group, Text, Tooltip } from '@mantine/core'
import type { Reference } from '../../contract/shapes'

export interface UserAvatarProps {
  user: Reference | null
  /** Writes the name beside the initials. */
  named?: boolean
  size?: number
  /** With the browser's own hint instead of ours: where there are hundreds. */
  plain?: boolean
}

export function UserAvatar({ user, named = false, size = 22, plain = false }: UserAvatarProps) {
  if (!user)
    return named ? (
      <Text span c="dimmed" size="sm">
        Nobody
      </Text>
    ) : null
  const avatar = (
    <Avatar
      size={size}
      radius="xl"
      name={user.name}
      color="initials"
      variant="light"
      aria-hidden={named}
      {...(plain ? { title: user.name } : {})}
    />
  )
  if (plain && !named) return avatar
  if (!named) return <Tooltip label={user.name}>{avatar}</Tooltip>
  return (
    <Group gap={6} wrap="nowrap" miw={0}>
      {avatar}
      <Text span size="sm" truncate>
        {user.name}
      </Text>
    </Group>
  )
}
