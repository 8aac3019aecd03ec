/**
 * Every save of every screen passes here: where it is refused because somebody else changed the same
 * field, the person is shown both and chooses, and it is saved again with what was chosen.
 */
import { type ClientLink, ORPCError } from '@orpc/client'
import type { Clash } from '../../../contract/kernel/based-on'
import { clashCode } from '../../../contract/kernel/based-on'

type Link = ClientLink<Record<never, never>>
type Fields = Record<string, unknown>

/** The value to keep of each clashing field; null: nothing is saved now. */
export type Settlement = ReadonlyMap<string, unknown> | null

/** @param ask shows the clashes to the person and answers what was chosen */
export function settlingClashes(
  link: Link,
  ask: (clashes: readonly Clash[]) => Promise<Settlement>,
): Link {
  return {
    async call(path, input, options) {
      for (let edit = input; ; ) {
        try {
          return await link.call(path, edit, options)
        } catch (error) {
          const clashes = clashesOf(error)
          if (clashes.length === 0) throw error
          const settlement = await ask(clashes)
          if (settlement === null) throw unsettled(clashes)
          edit = settled(edit as Fields, clashes, settlement)
        }
      }
    },
  }
}

export function clashesOf(error: unknown): Clash[] {
  if (!(error instanceof ORPCError) || error.code !== clashCode) return []
  const { clashes } = (error.data ?? {}) as { clashes?: Clash[] }
  return clashes ?? []
}

/** The edit with what was chosen, based on what has been seen by now. */
export function settled(
  edit: Fields,
  clashes: readonly Clash[],
  settlement: ReadonlyMap<string, unknown>,
): Fields {
  const next = structuredClone(edit)
  next.basedOn ??= {}
  for (const { field, current, yours } of clashes) {
    const path = field.split('.')
    put(next, path, settlement.has(field) ? settlement.get(field) : yours)
    put(next.basedOn as Fields, path, current)
  }
  return next
}

function put(into: Fields, [name = '', ...rest]: string[], value: unknown): void {
  if (rest.length === 0) {
    into[name] = value
    return
  }
  const inner = into[name]
  const object = typeof inner === 'object' && inner !== null ? { ...inner } : {}
  into[name] = object
  put(object as Fields, rest, value)
}

/** What the form gets when the person went back to it. */
const unsettled = (clashes: readonly Clash[]) =>
  new ORPCError(clashCode, {
    status: 409,
    message: `Not saved yet: ${clashes.map(({ label }) => label).join(', ')} ${
      clashes.length === 1 ? 'was' : 'were'
    } changed in the meantime. Save again to compare both versions.`,
    data: { clashes },
  })

/**
 * Both texts in one, to be put in order by hand: the other version, and the lines of one's own that
 * are in neither it nor what both began from.
 */
export function combinedText(basedOn: string, current: string, yours: string): string {
  const known = new Set([...linesOf(basedOn), ...linesOf(current)])
  const own = yours
    .split('\n')
    .filter((line) => line.trim() !== '' && !known.has(line.trim()))
    .join('\n')
  return own === '' ? current : `${current.trimEnd()}\n${own}`
}

const linesOf = (text: string) => text.split('\n').map((line) => line.trim())
