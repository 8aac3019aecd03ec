/** Fields for a calendar date and for a moment, in the machine's own writing. */
import { TextInput, type TextInputProps } from '@mantine/core'
import dayjs from 'dayjs'

type Common = Omit<TextInputProps, 'value' | 'onChange' | 'type'>

export interface DateFieldProps extends Common {
  /** ISO calendar date. */
  value: string | null
  onChange(value: string | null): void
}

export function DateField({ value, onChange, ...input }: DateFieldProps) {
  return (
    <TextInput
      {...input}
      type="date"
      max="9999-12-31"
      value={value ?? ''}
      onChange={(event) => onChange(event.currentTarget.value || null)}
    />
  )
}

export interface MomentFieldProps extends Common {
  /** ISO instant. */
  value: string | null
  onChange(value: string | null): void
}

/** Shows the wall time of this machine, gives the instant in UTC. */
export function MomentField({ value, onChange, ...input }: MomentFieldProps) {
  return (
    <TextInput
      {...input}
      type="datetime-local"
      max="9999-12-31T23:59"
      value={value ? dayjs(value).format('YYYY-MM-DDTHH:mm') : ''}
      onChange={(event) => {
        const typed = event.currentTarget.value
        onChange(typed ? new Date(typed).toISOString() : null)
      }}
    />
  )
}
