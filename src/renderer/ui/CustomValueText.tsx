/** A value of a custom field as it is read. One that does not fit its field, being older, is shown as it is stored. */
import { useQuery } from '@tanstack/react-query'
import {
  type CustomField,
  type CustomValue,
  isCustomMoney,
  readCustomValue,
} from '../../contract/kernel/custom-fields'
import { FieldText } from './FieldText'
import { customNature } from './fields'
import { referenceById } from './references'
import { UserAvatar } from './UserAvatar'

interface CustomValueTextProps {
  field: CustomField
  value: CustomValue
  /** In one line of a list. */
  brief: boolean
}

export function CustomValueText({ field, value, brief }: CustomValueTextProps) {
  if (typeof value === 'string' && 'problem' in readCustomValue(field, value)) return value
  if (isCustomMoney(value) && 'problem' in readCustomValue({ type: 'money', choices: [] }, value))
    return `${value.amount} ${value.currency}`
  if (field.type === 'person' && typeof value === 'string') return <Person id={value} />
  return <FieldText field={kindOf(field, value)} value={value} brief={brief} />
}

/** A number of a field that is text by now is still read as one. */
const kindOf = (field: CustomField, value: CustomValue) =>
  typeof value === 'number' && field.type !== 'percent'
    ? { kind: 'number' as const }
    : customNature(field)

function Person({ id }: { id: string }) {
  const { data, isPending } = useQuery(referenceById('user', id))
  if (data) return <UserAvatar user={data} named size={20} />
  return isPending ? null : 'Somebody who was deleted'
}
