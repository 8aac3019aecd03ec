/** A field to choose a time zone by typing; it tells what time it is there. */
import type { SelectProps } from '@mantine/core'
import { SearchSelect } from './SearchSelect'

export function TimezoneSelect({ description, ...props }: Omit<SelectProps, 'data'>) {
  const zone = props.value ?? props.defaultValue
  const zones = new Set(['UTC', ...Intl.supportedValuesOf('timeZone')])
  if (zone) zones.add(zone)
  const data = [...zones].map((value) => ({ value, label: value.replaceAll('_', ' ') }))
  return (
    <SearchSelect
      nothingFoundMessage="No such time zone"
      limit={80}
      {...props}
      description={
        description === undefined && zone ? `It is ${wallTime(zone)} there now.` : description
      }
      data={data}
    />
  )
}

/** The zone of this machine. */
export const localZone = () => Intl.DateTimeFormat().resolvedOptions().timeZone

function wallTime(zone: string): string {
  try {
    return new Date().toLocaleTimeString(undefined, {
      timeZone: zone,
      hour: 'numeric',
      minute: '2-digit',
    })
  } catch {
    return 'an unknown time'
  }
}
