/** Working hours in the settings: one's own week and days off, and those of the workspace. */
import { SegmentedControl, Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { api } from '../../api'
import { useMay, useMe } from '../../app/session'
import { LoadState } from '../settings/LoadState'
import { ReadOnlyNote } from '../settings/ReadOnlyNote'
import { SettingsFrame } from '../settings/SettingsFrame'
import { DaysOffCard } from './DaysOffCard'
import { HolidaysCard } from './HolidaysCard'
import { HoursForm } from './HoursForm'

type Whose = 'mine' | 'workspace'

export function WorkingHoursSection() {
  const me = useMe()
  const [whose, setWhose] = useState<Whose>('mine')
  const userId = whose === 'mine' ? me?.id : undefined
  return (
    <SettingsFrame
      title="Working hours"
      text="The steps of cadences wait for working days and hours, and pass over holidays and days off."
    >
      <SegmentedControl
        aria-label="Whose working hours"
        data={[
          { value: 'mine', label: 'Mine' },
          { value: 'workspace', label: 'The workspace’s' },
        ]}
        value={whose}
        onChange={(value) => setWhose(value === 'workspace' ? 'workspace' : 'mine')}
        maw={340}
        fullWidth
      />
      {me && <HoursOf key={whose} userId={userId} />}
    </SettingsFrame>
  )
}

/** @param userId whose; undefined is the workspace */
function HoursOf({ userId }: { userId: string | undefined }) {
  const mayConfigure = useMay('configure')
  const mayWrite = useMay('write')
  const mayChange = userId === undefined ? mayConfigure : mayWrite
  const hours = useQuery(
    api.workingHours.get.queryOptions({ input: userId === undefined ? {} : { userId } }),
  )
  return (
    <LoadState query={hours} what="the working hours">
      {({ own, effective, zone }) => (
        <>
          {!mayChange && <ReadOnlyNote who="Managers and admins" />}
          <HoursForm userId={userId} own={own} effective={effective} mayChange={mayChange} />
          <HolidaysCard userId={userId} country={effective.country} />
          <DaysOffCard userId={userId} mayChange={mayChange} />
          <Text size="xs" c="dimmed">
            Days and hours are those of {zone.replaceAll('_', ' ')}.
          </Text>
        </>
      )}
    </LoadState>
  )
}
