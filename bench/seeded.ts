/** Random numbers, words and ids that follow from a seed, and rows that are written with them. */
import type Database from 'better-sqlite3'

/** Mulberry32: small, quick and the same everywhere. */
export function createRandom(seed: number) {
  let state = seed | 0
  const next = () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
  const below = (limit: number) => Math.floor(next() * limit)
  return {
    next,
    below,
    pick: <T>(values: readonly T[]): T => values[below(values.length)] as T,
    /** Small numbers far more often than large ones, as in real books of business. */
    skewed: (limit: number) => Math.floor(next() ** 3 * limit),
  }
}
export type Random = ReturnType<typeof createRandom>

export function createVocabulary(random: Random, size = 4000): string[] {
  const syllables = [
    'ka',
    'lo',
    'mi',
    'ren',
    'ta',
    'vo',
    'sel',
    'do',
    'pra',
    'ni',
    'gar',
    'eth',
    'um',
    'bri',
    'cal',
    'os',
  ]
  const words = new Set<string>()
  while (words.size < size)
    words.add(Array.from({ length: 2 + random.below(3) }, () => random.pick(syllables)).join(''))
  return [...words]
}

/** Ids that look and sort like the core's own, but follow from the seed. */
const idOf = (kind: number, index: number) =>
  `0190${kind.toString(16).padStart(4, '0')}-${(index >>> 16).toString(16).padStart(4, '0')}-7${(index & 0xfff).toString(16).padStart(3, '0')}-8${((index >>> 12) & 0xfff).toString(16).padStart(3, '0')}-${index.toString(16).padStart(12, '0')}`

export const kinds = {
  user: 1,
  company: 2,
  contact: 3,
  lead: 4,
  customer: 5,
  quote: 6,
  activity: 7,
  reminder: 8,
  task: 9,
  plan: 10,
  planStep: 11,
  email: 12,
} as const
export const generatedId = (kind: keyof typeof kinds, index: number) => idOf(kinds[kind], index)

/** Answers a function that adds a row to a table: every row has the columns of the first. */
export function inserter(connection: Database.Database, table: string) {
  let statement: Database.Statement | undefined
  return (row: Record<string, unknown>): void => {
    const columns = Object.keys(row)
    statement ??= connection.prepare(
      `insert into ${table} (${columns.join(', ')}) values (${columns.map(() => '?').join(', ')})`,
    )
    statement.run(...Object.values(row))
  }
}
