/** What the list page of every kind of record keeps: where it is, what it shows, what it asks for. */
import type { CustomField, CustomFieldTable } from '../../../contract/kernel/custom-fields'
import { useMe } from '../../app/session'
import { useCustomFields } from '../../ui/customFields'
import { type ListDefinition, type ListRow, pagesOf } from '../../ui/list/definition'
import { useListState } from '../../ui/list/state'

export interface ListOptions {
  customFields: readonly CustomField[]
  /** For "Mine". */
  userId: string | undefined
}

/**
 * @param listOf what the list of the kind is; the same function at every call
 * @param defaultSort in force when the address names none
 */
export function useRecordList<Row extends ListRow>(
  kind: CustomFieldTable,
  listOf: (options: ListOptions) => ListDefinition<Row>,
  defaultSort: string,
) {
  const store = useListState()
  const userId = useMe()?.id
  const customFields = useCustomFields(kind)
  const definition = listOf({ customFields, userId })
  return {
    /** For `RecordList`. */
    list: { definition, store, defaultSort },
    /** For the query of its pages. */
    asked: pagesOf(store.state, defaultSort),
  }
}
