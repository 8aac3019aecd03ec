/** Which columns are folded, as the user left them; the closed stages to begin with. */
import type { Stage } from '../../../../contract/records/pipeline'
import { usePreference } from '../../../app/session'

type Folding = Readonly<Record<string, boolean>>

const none: Folding = {}

export function useFolding() {
  const { value, set } = usePreference('board.folded', read, none)
  return {
    isFolded: ({ id, kind }: Stage) => value[id] ?? kind !== 'open',
    fold: (stageId: string) => set({ ...value, [stageId]: true }),
    unfold: (stageId: string) => set({ ...value, [stageId]: false }),
  }
}

function read(stored: unknown): Folding | undefined {
  if (typeof stored !== 'object' || stored === null) return undefined
  return Object.fromEntries(
    Object.entries(stored).filter(
      (entry): entry is [string, boolean] => typeof entry[1] === 'boolean',
    ),
  )
}
