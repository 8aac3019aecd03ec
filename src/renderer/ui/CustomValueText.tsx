/** A value of a custom field as it is read. One that does not fit its field, being older, is shown as it is stored. */
import { Anchor } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import {
  type CustomField,
  type CustomValue,
  isCustomMoney,
  isNoCustomValue,
  readCustomValue,
} from '../../contract/kernel/custom-fields'
import { phoneLink } from '../../contract/kernel/phones'
import { DateText } from './DateText'
import { MoneyText } from './MoneyText'
import { referenceById } from './references'
import { TagList } from './Tags'
import { UserAvatar } from './UserAvatar'
import { WebLink } from './WebLink'

interface CustomValueTextProps {
  field: CustomField
  value: CustomValue | undefined
  /** How many choices are shown, of many. */
  limit?: number
}

export function CustomValueText({ field, value, limit = 3 }: CustomValueTextProps) {
  if (value === undefined || isNoCustomValue(value)) return null
  if (typeof value === 'boolean') return value ? 'Yes' : 'No'
  if (typeof value === 'number')
    return (
      <span className="tabular">
        {value.toLocaleString(undefined, { maximumFractionDigits: 20 })}
        {field.type === 'percent' && '%'}
      </span>
    )
  if (Array.isArray(value)) return <TagList tags={value} limit={limit} />
  if (isCustomMoney(value))
    return 'value' in readCustomValue({ type: 'money', choices: [] }, value) ? (
      <MoneyText value={value} />
    ) : (
      `${value.amount} ${value.currency}`
    )
  if (value === null || 'problem' in readCustomValue(field, value)) return value
  switch (field.type) {
    case 'date':
      return <DateText value={value} format="short" />
    case 'person':
      return <Person id={value} />
    case 'url':
      return <WebLink text={value} />
    case 'email':
      return (
        <Anchor inherit href={`mailto:${value}`}>
          {value}
        </Anchor>
      )
    case 'phone':
      return (
        <Anchor inherit href={phoneLink(value, null)}>
          {value}
        </Anchor>
      )
    default:
      return value
  }
}

function Person({ id }: { id: string }) {
  const { data, isPending } = useQuery(referenceById('user', id))
  if (data) return <UserAvatar user={data} named size={20} />
  return isPending ? null : 'Somebody who was deleted'
}
