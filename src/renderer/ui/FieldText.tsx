/** A value as it is read: its kind says how. */
import { Stack } from '@mantine/core'
import { phoneLink } from '../../contract/kernel/phones'
import { recordKinds } from '../../contract/kernel/words'
import { DateText } from './DateText'
import { type FieldNature, type FieldValue, isMoney, isReference } from './fields'
import classes from './links.module.css'
import { MoneyText } from './MoneyText'
import { RecordLink } from './record/RecordLink'
import { TagList } from './Tags'
import { TextWithLinks } from './TextWithLinks'
import { UserAvatar } from './UserAvatar'
import { WebLink } from './WebLink'

export interface FieldTextProps {
  field: Pick<FieldNature, 'kind' | 'choices' | 'of'>
  value: FieldValue
  /** Of a phone: the number that its link dials; null for the digits as they are. */
  dialled?: string | null | undefined
  /** In one line of a list: few tags, no links to other records. */
  brief?: boolean
}

export function FieldText({ field, value, dialled = null, brief = false }: FieldTextProps) {
  if (value === null || value === '') return null
  if (Array.isArray(value)) return <TagList tags={value} limit={brief ? 3 : 12} />
  if (isMoney(value)) return <MoneyText value={value} />
  if (isReference(value)) {
    if (field.of === 'user') return <UserAvatar user={value} named size={brief ? 22 : 20} />
    const kind = brief ? undefined : recordKinds.find((name) => name === field.of)
    return kind ? <RecordLink kind={kind} record={value} /> : value.name
  }
  if (typeof value === 'boolean') return value ? 'Yes' : 'No'
  const text = String(value)
  switch (field.kind) {
    case 'date':
      return <DateText value={text} format="short" />
    case 'instant':
      return <DateText value={text} />
    case 'number':
    case 'percent':
      return (
        <span className="tabular">
          {value.toLocaleString(undefined, { maximumFractionDigits: 20 })}
          {field.kind === 'percent' && '%'}
        </span>
      )
    case 'email':
      return (
        <a className={classes.link} href={`mailto:${text}`}>
          {text}
        </a>
      )
    case 'phone':
      return (
        <a className={classes.link} href={phoneLink(text, dialled)}>
          {text}
        </a>
      )
    case 'url':
      return <WebLink text={text} />
    case 'choice':
      return field.choices?.find((choice) => choice.value === text)?.label ?? text
    case 'longText':
      return brief ? (
        text
      ) : (
        <Stack gap={0}>
          <TextWithLinks text={text} />
        </Stack>
      )
    default:
      return text
  }
}
