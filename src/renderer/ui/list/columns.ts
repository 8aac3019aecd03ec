/** Which columns a list shows, in which order and width; remembered for each user and list. */
import * as z from 'zod'
import { usePreference } from '../../app/session'
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

/** Shown by default: all but the optional ones. */
export const defaultColumns = (columns: readonly Pick<ListColumn<never>, 'id' | 'optional'>[]) =>
  columns.filter(({ optional }) => !optional).map(({ id }) => id)

/** Only known columns, each once; the first one, the name, is always there and always first. */
export function orderColumns(
  columns: readonly Pick<ListColumn<never>, 'id'>[],
  wanted: readonly string[],
): string[] {
  const known = new Set(columns.map(({ id }) => id))
  const [name] = columns
  return [...new Set([...(name ? [name.id] : []), ...wanted])].filter((id) => known.has(id))
}

/** Moves a shown column by one place; the name stays first. */
export function moveColumn(shown: readonly string[], id: string, by: -1 | 1): string[] {
  const from = shown.indexOf(id)
  const to = from + by
  if (from < 1 || to < 1 || to >= shown.length) return [...shown]
  const others = shown.toSpliced(from, 1)
  return others.toSpliced(to, 0, id)
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
