/** The entrance to the settings: on a phone the list of sections, else the first of them. */
import { Stack, Title } from '@mantine/core'
import { Navigate } from '@tanstack/react-router'
import { useNarrow } from '../../ui/useNarrow'
import { SectionList } from './SectionList'
import classes from './SettingsFrame.module.css'

const first = '/settings/preferences'

export function SettingsIndex() {
  const narrow = useNarrow()
  if (!narrow) return <Navigate to={first as string} replace />
  return (
    <Stack className={classes.list} gap="lg" p="sm" pb="xl">
      <Title order={1}>Settings</Title>
      <SectionList />
    </Stack>
  )
}
