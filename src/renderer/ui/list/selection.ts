/** Which rows are chosen: some by their ids, or all that the list's filter lets through. */

export type Selection = { all: false; ids: ReadonlySet<string> } | { all: true }

export const nothing: Selection = { all: false, ids: new Set() }

export const isSelected = (selection: Selection, id: string) =>
  selection.all || selection.ids.has(id)

export const countSelected = (selection: Selection, total: number) =>
  selection.all ? total : selection.ids.size

/** Adds or takes away rows; from "all" it falls back to the loaded ones without them. */
export function withRows(
  selection: Selection,
  ids: readonly string[],
  chosen: boolean,
  loaded: readonly string[],
): Selection {
  const before = new Set(selection.all ? loaded : selection.ids)
  for (const id of ids) {
    if (chosen) before.add(id)
    else before.delete(id)
  }
  return { all: false, ids: before }
}

/** The rows from one to another, both included, in the order shown. */
export function rangeOf(shown: readonly string[], from: string, to: string): string[] {
  const first = shown.indexOf(from)
  const last = shown.indexOf(to)
  if (first === -1 || last === -1) return [to]
  return shown.slice(Math.min(first, last), Math.max(first, last) + 1)
}
