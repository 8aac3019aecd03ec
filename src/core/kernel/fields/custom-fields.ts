/** Custom fields as every area reads them: which there are, and what they make of the values given. */
import type {
  CustomField,
  CustomFieldTable,
  CustomValues,
} from '../../../contract/kernel/custom-fields'

export interface CustomFieldRegistry {
  /** Those of a table, in their order. */
  of(table: CustomFieldTable): readonly CustomField[]
  find(table: string, key: string): CustomField | undefined
  /**
   * A record's values after an edit, which changes the keys that it names. What is stored already is not
   * judged: it may be older than its field's kind or choices. Keys without a field are kept as they are.
   * @param stored JSON of the record's values, `{}` of a new one
   * @throws invalid naming each value that its field does not take
   */
  merged(table: CustomFieldTable, stored: string, given: CustomValues): CustomValues
  /** The same for an edit that may leave `custom` out. */
  mergedInto<Patch extends { custom?: CustomValues | undefined }>(
    table: CustomFieldTable,
    stored: string,
    patch: Patch,
  ): Patch
  /** Takes away the indexes of fields that are gone or hold something else now. */
  dropUnused(): void
}
