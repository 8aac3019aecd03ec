/** The next public holidays that are kept. */
import { Button, Skeleton, Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { api } from '../../../api'
import { messageOf } from '../../../app/problems'
import { dateOf, exactText, yearsAfter } from '../../../ui/dates'
import { useMinute } from '../../../ui/Minute'
import { SettingsCard } from '../../../ui/settings/SettingsFrame'
import classes from './DaysOff.module.css'

const few = 5

export interface HolidaysCardProps {
  /** Undefined is the workspace. */
  userId: string | undefined
  /** Those that are kept, or selected and not saved yet. */
  country: string | null
  region: string | null
  isSaved: boolean
}

export function HolidaysCard({ userId, country, region, isSaved }: HolidaysCardProps) {
  const today = dateOf(useMinute())
  const [whole, setWhole] = useState(false)
  const days = useQuery({
    ...api.workingHours.daysOff.list.queryOptions({
      input: {
        ...(userId === undefined ? {} : { userId }),
        from: today,
        to: yearsAfter(today, 1),
        ...(country && { country }),
        ...(region && { region }),
      },
    }),
    enabled: country !== null,
  })
  if (country === null) return null
  const holidays = days.data?.filter(({ source }) => source === 'country')
  const shown = whole ? holidays : holidays?.slice(0, few)
  return (
    <SettingsCard
      title="Next public holidays"
      text={
        isSaved
          ? 'Within a year, from the list that comes with Rapport.'
          : 'As they would be kept once this is saved.'
      }
    >
      {days.isError ? (
        <Text size="sm" c="red" role="alert">
          {messageOf(days.error)}
        </Text>
      ) : !shown ? (
        <Skeleton height={130} aria-busy="true" aria-label="Loading" />
      ) : shown.length === 0 ? (
        <Text size="sm" c="dimmed">
          None within a year.
        </Text>
      ) : (
        <ul className={classes.list}>
          {shown.map(({ date, name }) => (
            <li key={`${date} ${name}`} className={classes.day}>
              <span className={classes.name}>{name}</span>
              <time dateTime={date} className={classes.date}>
                {exactText(date)}
              </time>
            </li>
          ))}
        </ul>
      )}
      {holidays && holidays.length > few && (
        <Button
          variant="subtle"
          color="gray"
          size="compact-sm"
          w="fit-content"
          onClick={() => setWhole(!whole)}
        >
          {whole ? 'Show fewer' : `${holidays.length - few} more`}
        </Button>
      )}
    </SettingsCard>
  )
}
