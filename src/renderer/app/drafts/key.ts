/** The key of a draft: its form, and what the form is about or was given. */

/** Ids stay readable; other values are distinguished by a short hash of their JSON. */
export const draftKey = (form: string, ...about: unknown[]): string =>
  [form, ...about.filter((part) => !isNothing(part)).map(wordOf)].join('.').slice(0, 160)

const onTheWay = 'on-the-way'

/** The key of a dialog that creates a record. Made on the way to another form, it is a draft of its own. */
export const createKey = (
  kind: string,
  { initial, onCreated }: { initial: object; onCreated?: unknown },
): string => draftKey('create', kind, initial, onCreated && onTheWay)

export const isOnTheWay = (key: string): boolean => key.endsWith(`.${onTheWay}`)

const isNothing = (part: unknown) =>
  part === undefined ||
  part === null ||
  part === '' ||
  (typeof part === 'object' && Object.values(part).every((value) => value === undefined))

const wordOf = (part: unknown): string =>
  typeof part === 'string' && /^[a-zA-Z0-9_-]{1,60}$/.test(part)
    ? part
    : hashOf(JSON.stringify(part))

/** cyrb53: 53 bits are plenty for the few drafts of one user. */
function hashOf(text: string): string {
  let high = 0xdeadbeef
  let low = 0x41c6ce57
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index)
    high = Math.imul(high ^ code, 2654435761)
    low = Math.imul(low ^ code, 1597334677)
  }
  high = Math.imul(high ^ (high >>> 16), 2246822507) ^ Math.imul(low ^ (low >>> 13), 3266489909)
  low = Math.imul(low ^ (low >>> 16), 2246822507) ^ Math.imul(high ^ (high >>> 13), 3266489909)
  return (4294967296 * (2097151 & low) + (high >>> 0)).toString(36)
}
