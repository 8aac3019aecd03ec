/** Reads the values a create dialog is asked to begin with. */
import type { Reference } from '../../../contract/kernel/shapes'

export type Initial = Readonly<Record<string, unknown>>

export const initialText = (initial: Initial, key: string): string => {
  const value = initial[key]
  return typeof value === 'string' ? value : ''
}

/** A record given as `{ id, name }`. */
export function initialReference(initial: Initial, key: string): Reference | null {
  const value = initial[key]
  if (typeof value !== 'object' || value === null) return null
  if (!('id' in value) || !('name' in value)) return null
  return { id: String(value.id), name: String(value.name) }
}
