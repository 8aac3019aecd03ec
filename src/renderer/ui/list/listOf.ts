/** A list of records as their fields say it; an area adds what is different. */
import type { ReactNode } from 'react'
import type { CustomField, CustomValues } from '../../../contract/kernel/custom-fields'
import type { FieldDefinitions } from '../../../contract/kernel/fields'
import type { PageKind } from '../../app/records'
import { customField } from '../customFields'
import { type FilterField, type OnScreen, type RecordField, recordFields } from '../fields'
import type { ListColumn, ListDefinition, ListRow, QuickChip } from './definition'
import { type ColumnLooks, fieldColumns } from './fieldColumns'

export interface ListParts<Row extends ListRow, Definitions extends FieldDefinitions> {
  kind: PageKind
  nameOf(row: Row): string
  empty: string
  /** The columns that show at first, in their order; the name comes first. */
  shown: readonly string[]
  looks: ColumnLooks<Row, Definitions>
  /** Columns that are no fields. */
  moreColumns?: readonly ListColumn<Row>[]
  /** What is different when the list is narrowed by a field. */
  filters?: { readonly [Name in OnScreen<Definitions>]?: Partial<FilterField> }
  /** Further fields to narrow by: those of records it refers to. */
  moreFilters?: readonly FilterField[]
  chips: readonly QuickChip[]
  renderCard(row: Row): ReactNode
}

/** @param customFields those of its kind */
export function listOf<
  Row extends ListRow & Partial<{ custom: CustomValues }>,
  Definitions extends FieldDefinitions,
>(
  definitions: Definitions,
  parts: ListParts<Row, Definitions>,
  customFields: readonly CustomField[] = [],
): ListDefinition<Row> {
  const { shown, looks, moreColumns, filters = {}, moreFilters = [], ...rest } = parts
  const own = recordFields<Row>(definitions)
  const added = customFields.map((field) => customField(field)) as unknown as RecordField<Row>[]
  const filter = (field: FilterField): FilterField => {
    const { name, label, kind, choices, of } = field
    return { name, label, kind, choices, of, ...(filters as Record<string, object>)[name] }
  }
  return {
    ...rest,
    columns: fieldColumns([...own, ...added], shown, looks, moreColumns),
    fields: [...own.map(filter), ...moreFilters, ...added.map(filter)],
    bulk: own.flatMap((field) =>
      field.bulk && field.written ? [{ ...field, written: field.written }] : [],
    ),
  }
}
