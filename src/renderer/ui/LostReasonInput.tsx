/** Asks why a lead was lost, suggesting the reasons given before. */
import { Autocomplete } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { api } from '../api'

export interface LostReasonInputProps {
  value: string
  onChange(value: string): void
  error?: string | undefined
}

export function LostReasonInput({ value, onChange, error }: LostReasonInputProps) {
  const { data } = useQuery(api.leads.facets.queryOptions())
  return (
    <Autocomplete
      label="Why was it lost?"
      placeholder="Price, timing, a competitor …"
      data-autofocus
      data={data?.lostReasons ?? []}
      value={value}
      onChange={onChange}
      error={error}
      maxLength={500}
    />
  )
}
