/** The palette's open state, shared by the shell that opens it and the palette that draws it. */
import { createSpotlight } from '@mantine/spotlight'

export const [paletteStore, palette] = createSpotlight()

/** Marks the first entry, so that Enter runs it; for results that came after the typing. */
export function selectFirstEntry(): void {
  const { listId } = paletteStore.getState()
  const list = listId ? document.getElementById(listId) : null
  const entries = list?.querySelectorAll('[data-action]') ?? []
  for (const [index, entry] of [...entries].entries()) {
    if (index === 0) entry.setAttribute('data-selected', 'true')
    else entry.removeAttribute('data-selected')
  }
  if (entries.length > 0) paletteStore.updateState((state) => ({ ...state, selected: 0 }))
}
