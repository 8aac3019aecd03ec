/** The columns a list shows; remembered for each user and list. */
import * as z from 'zod'
import { usePreference } from '../../app/session'
import { defaultColumns, orderColumns } from './columns'
import type { ListColumn } from './definition'

const Stored = z.object({
  columns: z.array(z.string()).optional(),
  widths: z.record(z.string(), z.number().min(40).max(1200)).default({}),
})
type Stored = z.output<typeof Stored>

export interface Columns {
  /** Ids of the shown ones, in order. */
  shown: string[]
  widths: Record<string, number>
  setWidths(widths: Record<string, number>): void
  setShown(shown: string[]): void
}

/** @param override columns of a saved view or of the address, which win over the user's own */
export function useColumns(
  list: string,
  columns: readonly Pick<ListColumn<never>, 'id' | 'optional'>[],
  override: readonly string[] | undefined,
): Columns {
  const { value, set } = usePreference<Stored>(
    `list.${list}`,
    (stored) => Stored.safeParse(stored).data,
    { widths: {} },
  )
  return {
    shown: orderColumns(columns, override ?? value.columns ?? defaultColumns(columns)),
    widths: value.widths,
    setWidths: (widths) => set({ ...value, widths }),
    setShown: (shown) => set({ ...value, columns: shown }),
  }
}
