/** Places for imported leads: above what is in their stage, in the order of the file, however often the work is cut short. */
import type { Database } from '../../../kernel/database/database'

/**
 * By stage: the number of the next key, and of the lead above which all of the import stays. Kept with the
 * import, so that it continues where it stopped.
 */
export type PositionState = Record<string, { next: number; end: number }>

const digits = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'
const base = digits.length

/**
 * The keys of fractional-indexing without a fraction are whole numbers: `a0` is 0, `Zz` is -1.
 * Numbering them lets an import take a run of neighbours without knowing its length in advance.
 */
export function keyOfNumber(number: number): string {
  let length = 1
  let low = 0
  if (number >= 0) {
    for (let size = base; number >= low + size; size *= base) {
      low += size
      length++
    }
    return String.fromCharCode(96 + length) + inBase(number - low, length)
  }
  low = -base
  for (let size = base * base; number < low; size *= base) {
    low -= size
    length++
  }
  return String.fromCharCode(91 - length) + inBase(number - low, length)
}

/** The number of a key, its fraction cut off. */
export function numberOfKey(key: string): number {
  const head = key.charCodeAt(0)
  const positive = head >= 97
  const length = positive ? head - 96 : 91 - head
  let low = 0
  for (let exponent = 1; exponent < length + (positive ? 0 : 1); exponent++) low += base ** exponent
  let value = 0
  for (const digit of key.slice(1, 1 + length)) value = value * base + digits.indexOf(digit)
  return positive ? low + value : value - low
}

function inBase(number: number, length: number): string {
  let text = ''
  for (let rest = number; text.length < length; rest = Math.floor(rest / base))
    text = (digits[rest % base] ?? '') + text
  return text
}

/**
 * @param most how many leads may come at most
 * @param state is written to
 */
export function createPositions(database: Database, most: number, state: PositionState) {
  let checked = new Set<string>()

  function begin(stageId: string) {
    const top = database.value<string>(
      'select position from lead where stage_id = ? and deleted_at is null order by position, seq limit 1',
      stageId,
    )
    const end = top === undefined ? 0 : numberOfKey(top)
    return { next: end - most, end }
  }

  /** Somebody may have put a lead right below the last one imported. */
  function passTaken(stageId: string, place: { next: number; end: number }) {
    const taken = database.value<string>(
      `select position from lead where stage_id = ? and deleted_at is null and position >= ? and position < ?
       order by position desc limit 1`,
      stageId,
      keyOfNumber(place.next),
      keyOfNumber(place.end),
    )
    if (taken !== undefined) place.next = Math.max(place.next, numberOfKey(taken) + 1)
  }

  return {
    /** To be called at the beginning of each transaction. */
    refresh() {
      checked = new Set()
    },
    next(stageId: string): string {
      const place = state[stageId] ?? begin(stageId)
      state[stageId] = place
      if (!checked.has(stageId)) {
        checked.add(stageId)
        passTaken(stageId, place)
      }
      return keyOfNumber(place.next++)
    },
  }
}
