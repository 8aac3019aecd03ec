/** Which columns a list can show and in which order. */
import type { ListColumn } from './definition'

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
