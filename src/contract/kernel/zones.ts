/** Time zones: the one shape that every door reads a zone by, and the one check the core asks. */
import * as z from 'zod'

/** Names that were looked up, as a formatter takes a while to make; null is no zone. */
const known = new Map<string, string | null>()
const mostKnown = 2000

/**
 * The zone as IANA writes it (`europe/prague` → `Europe/Prague`), or undefined where there is no
 * such zone. Offsets such as `+02:00` and words such as `local` are no zones: what they mean would
 * depend on the day or on the machine.
 */
export function canonicalZone(text: string): string | undefined {
  const found = known.get(text)
  if (found !== undefined) return found ?? undefined
  const zone = lookUp(text)
  if (known.size >= mostKnown) known.clear()
  known.set(text, zone ?? null)
  return zone
}

export const isZone = (text: string): boolean => canonicalZone(text) !== undefined

/** IANA time zone. */
export const Zone = z
  .string()
  .trim()
  .max(60, { message: 'must be a time zone like Europe/Prague', abort: true })
  .overwrite((text) => canonicalZone(text) ?? text)
  .refine(isZone, { message: 'must be a time zone like Europe/Prague', abort: true })

/** Zones of the engine's own (PST, IST), which IANA and Temporal do not know. */
const wordOfEngine =
  /^(AC|AE|AG|AR|AS|BE|BS|CA|CN|CS|CT|EA|EC|IE|IS|JS|MI|NE|NS|PL|PN|PR|PS|SS|VS)T$/i

function lookUp(text: string): string | undefined {
  if (!/^[A-Za-z][A-Za-z0-9_+/-]{0,59}$/.test(text)) return undefined
  try {
    const { timeZone } = new Intl.DateTimeFormat('en', { timeZone: text }).resolvedOptions()
    // Engines answer some names with an older one (Asia/Calcutta): then what was given stays.
    return timeZone.toLowerCase() === text.toLowerCase() || wordOfEngine.test(text)
      ? timeZone
      : text
  } catch {
    return undefined
  }
}
