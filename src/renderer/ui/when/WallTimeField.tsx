/** A local time, or a day alone: the time may be left empty. */
import { Group, Input, Text, TextInput } from '@mantine/core'
import { type FocusEvent, type KeyboardEvent, type ReactNode, useId } from 'react'
import { DateField, useWhole } from '../DateField'
import { machineZone, zoneText } from './times'
import classes from './WallTimeField.module.css'

export interface WallTimeFieldProps {
  label?: ReactNode
  'aria-label'?: string
  description?: ReactNode
  error?: ReactNode
  size?: 'xs' | 'sm'
  autoFocus?: boolean
  /** `2026-11-27T15:00`, `2026-11-27` for the day alone, null for none. */
  value: string | null
  onChange(value: string | null): void
  /** A day alone is no answer: it takes nine in the morning. */
  needsTime?: boolean
  /** IANA zone it is meant in; shown where it is not this machine's. */
  zone?: string | null
  onKeyDown?(event: KeyboardEvent): void
  onBlur?(event: FocusEvent): void
}

export function WallTimeField(props: WallTimeFieldProps) {
  const { label, description, error, size = 'sm', autoFocus, value, onChange, needsTime } = props
  const { zone, onKeyDown, onBlur } = props
  const id = useId()
  const whole = useWhole(
    { error: Boolean(error), ...(onBlur ? { onBlur } : {}) },
    'Enter the whole time',
  )
  const [date = '', time = ''] = value?.split('T') ?? []
  const name = props['aria-label'] ?? (typeof label === 'string' ? label : 'When')
  const change = (day: string, clock: string) => {
    if (day === '') onChange(null)
    else if (clock === '') onChange(needsTime ? `${day}T09:00` : day)
    else onChange(`${day}T${clock}`)
  }
  return (
    <Input.Wrapper
      label={label}
      description={description}
      error={error}
      size={size}
      labelProps={{ htmlFor: id }}
    >
      <Group gap={6} align="flex-start">
        <DateField
          id={id}
          className={classes.date}
          size={size}
          aria-label={`${name}: day`}
          autoFocus={autoFocus}
          value={date || null}
          onChange={(day) => change(day ?? '', time)}
          onKeyDown={onKeyDown}
          onBlur={onBlur}
          error={Boolean(error)}
        />
        <TextInput
          {...whole}
          className={classes.time}
          type="time"
          size={size}
          aria-label={`${name}: time`}
          value={time}
          disabled={date === ''}
          onChange={(event) => change(date, event.currentTarget.value)}
          onKeyDown={onKeyDown}
        />
      </Group>
      {zone && zone !== machineZone() && (
        <Text size="xs" c="dimmed" mt={2}>
          in {zoneText(zone, value ? `${date}T12:00:00Z` : new Date().toISOString())}
        </Text>
      )}
    </Input.Wrapper>
  )
}
