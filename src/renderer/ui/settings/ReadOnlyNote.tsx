/** Says why a section can be read but not changed. */
import { Alert } from '@mantine/core'
import { IconLock } from '@tabler/icons-react'

export function ReadOnlyNote({ who }: { who: string }) {
  return (
    <Alert color="gray" variant="light" icon={<IconLock size={17} />} py="xs">
      {who} can change this. You can read it.
    </Alert>
  )
}
