/** Records of ours as entries of a calendar file: how they are known again, and what they are compared by. */
import type { AgendaKind } from '../../../contract/agenda/today'
import { clean } from './write-calendar'

/** The UID of a record of ours: permanent, and known again when it comes back in a file. */
export const uidOf = (kind: AgendaKind, id: string) => `${kind}-${id}@rapport`
export function ownIdOf(uid: string): { kind: AgendaKind; id: string } | undefined {
  const [, kind, id] = /^(activity|task|reminder)-([0-9a-f-]{36})@rapport$/.exec(uid) ?? []
  return kind && id ? { kind: kind as AgendaKind, id } : undefined
}

/** Rises with each change of a record, by seconds. */
export const sequenceOf = (row: { created_at: number; updated_at: number }) =>
  Math.max(0, Math.floor((row.updated_at - row.created_at) / 1000))

/** Longer text as a file has it; null where there is none. */
export const writtenText = (text: string | null): string | null => (text && clean(text)) || null
/** Notes that say nothing are none. */
export const writtenNotes = (notes: string | null): string | null =>
  notes?.trim() ? writtenText(notes) : null
