/** The value of a custom field in one cell, as the import reads it back. */
import {
  type CustomField,
  type CustomValue,
  isCustomMoney,
} from '../../../contract/kernel/custom-fields'
import { tagsInCell } from '../format/tags'
import { isUuid } from '../format/uuid'
import type { CsvCell } from '../format/write-csv'

/** @param personNamed how the file names somebody, so that the import finds them again */
export function customCell(
  value: CustomValue | undefined,
  { type }: Pick<CustomField, 'type'>,
  personNamed: (id: string) => string,
): CsvCell {
  if (Array.isArray(value)) return tagsInCell(value)
  if (isCustomMoney(value)) return `${value.amount} ${value.currency}`
  return type === 'person' && typeof value === 'string' && isUuid(value)
    ? personNamed(value)
    : value
}
