/** The entrance to the settings: on a phone the list of sections, else the first of them. */
import { Stack } from '@mantine/core'
import { Navigate } from '@tanstack/react-router'
import { PageTitle } from '../../../ui/PageTitle'
import { SectionList } from '../../../ui/settings/SectionList'
import classes from '../../../ui/settings/SettingsFrame.module.css'
import { useNarrow } from '../../../ui/useNarrow'

const first = '/settings/preferences'

export function SettingsIndex() {
  const narrow = useNarrow()
  if (!narrow) return <Navigate to={first as string} replace />
  return (
    <Stack className={classes.list} gap="lg" p="sm" pb="xl">
      <PageTitle title="Settings" />
      <SectionList />
    </Stack>
  )
}
