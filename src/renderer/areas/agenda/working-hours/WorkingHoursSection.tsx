/** Working hours in the settings: one's own week and days off, and those of the workspace. */
import { Box, SegmentedControl, Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi, useRouter } from '@tanstack/react-router'
import { useState } from 'react'
import type { WorkingHours } from '../../../../contract/agenda/working-hours'
import { api } from '../../../api'
import { useMay, useMe } from '../../../app/session'
import { LoadState } from '../../../ui/LoadState'
import { ReferencePicker } from '../../../ui/ReferencePicker'
import { referenceById } from '../../../ui/references'
import { ReadOnlyNote } from '../../../ui/settings/ReadOnlyNote'
import { SettingsFrame } from '../../../ui/settings/SettingsFrame'
import { DaysOffCard } from './DaysOffCard'
import { HolidaysCard } from './HolidaysCard'
import { HoursForm } from './HoursForm'

const route = getRouteApi('/settings/working-hours')

type Whose = 'mine' | 'workspace' | 'other'
type Holidays = Pick<WorkingHours, 'country' | 'region'>

export function WorkingHoursSection() {
  const me = useMe()
  const mayChangeOthers = useMay('configure')
  const { shown, show } = useShown()
  /** Somebody else is to be named yet. */
  const [choosing, setChoosing] = useState(false)
  const otherId = mayChangeOthers && shown !== 'workspace' ? shown : undefined
  const whose: Whose =
    shown === 'workspace' ? shown : otherId !== undefined || choosing ? 'other' : 'mine'
  const other = useQuery({
    ...referenceById('user', otherId ?? ''),
    enabled: otherId !== undefined,
  }).data
  const user = whose === 'workspace' ? null : whose === 'mine' ? me : other
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
          ...(mayChangeOthers ? [{ value: 'other' as const, label: 'Somebody’s' }] : []),
        ]}
        value={whose}
        onChange={(next) => {
          setChoosing(next === 'other')
          show(next === 'workspace' ? next : undefined)
        }}
        maw={440}
        fullWidth
      />
      {whose === 'other' && (
        <Box maw={340}>
          <ReferencePicker
            of="user"
            label="Whose"
            placeholder="Choose a person"
            clearable={false}
            value={other ?? null}
            onChange={(person) => show(person?.id)}
          />
        </Box>
      )}
      {user !== undefined && (whose === 'workspace' || user) && (
        <HoursOf
          key={user?.id ?? whose}
          userId={user?.id}
          person={whose === 'other' ? user?.name : undefined}
        />
      )}
    </SettingsFrame>
  )
}

/** Whose they are, kept in the address: a person’s id or the workspace; one’s own are undefined. */
function useShown() {
  const router = useRouter()
  const { whose: shown }: { whose?: string } = route.useSearch()
  return {
    shown,
    show: (whose: string | undefined) =>
      void router.navigate({ to: '.', search: whose ? { whose } : {}, replace: true }),
  }
}

interface HoursOfProps {
  /** Undefined is the workspace. */
  userId: string | undefined
  /** The name of somebody else than the one who looks at it. */
  person: string | undefined
}

function HoursOf({ userId, person }: HoursOfProps) {
  const [tried, setTried] = useState<Holidays | null>(null)
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
          <HoursForm
            userId={userId}
            person={person}
            own={own}
            effective={effective}
            mayChange={mayChange}
            onTry={setTried}
          />
          <HolidaysCard
            userId={userId}
            country={(tried ?? effective).country}
            region={(tried ?? effective).region}
            isSaved={tried === null}
          />
          <DaysOffCard userId={userId} person={person} mayChange={mayChange} />
          <Text size="xs" c="dimmed">
            Days and hours are those of {zone.replaceAll('_', ' ')}.
          </Text>
        </>
      )}
    </LoadState>
  )
}
