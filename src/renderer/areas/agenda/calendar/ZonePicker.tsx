/** Chooses an IANA time zone; the likeliest come first. */
import { SearchSelect } from '../../../ui/SearchSelect'

export interface ZonePickerProps {
  label: string
  value: string | null
  onChange(zone: string | null): void
  first: readonly string[]
}

export function ZonePicker({ label, value, onChange, first }: ZonePickerProps) {
  const zones = [...new Set([...first, ...Intl.supportedValuesOf('timeZone')])]
  return (
    <SearchSelect
      label={label}
      placeholder="Choose a time zone"
      data={zones}
      value={value}
      onChange={onChange}
      limit={100}
      nothingFoundMessage="No such zone"
      w={260}
    />
  )
}
