/** Converts between instants and the wall clock of an IANA time zone, daylight saving included. */

/** A calendar date and a time of day, without saying where. Months and days count from 1. */
export interface WallTime {
  year: number
  month: number
  day: number
  hour: number
  minute: number
  second: number
  millisecond: number
}

export interface TimeZone {
  name: string
  /**
   * Epoch milliseconds of a wall time. One that the clocks skip in spring is moved on by what they
   * skip; of one that comes twice in autumn, the first is meant.
   */
  toInstant(wall: WallTime): number
  toWallTime(instant: number): WallTime
}

/** Opens a zone once, to be used many times; throws RangeError for a name that is none. */
export function openTimeZone(name: string): TimeZone {
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone: name,
    calendar: 'gregory',
    numberingSystem: 'latn',
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  })

  function toWallTime(instant: number): WallTime {
    const part: Record<string, number> = {}
    for (const { type, value } of format.formatToParts(instant)) part[type] = Number(value)
    const { year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0 } = part
    return { year, month, day, hour, minute, second, millisecond: modulo(instant, 1000) }
  }

  const offsetAt = (instant: number) => asIfUtc(toWallTime(instant)) - instant

  return {
    name,
    toWallTime,
    toInstant(wall) {
      const utc = asIfUtc(wall)
      const before = offsetAt(utc - DAY)
      const after = offsetAt(utc + DAY)
      if (before === after) return utc - before
      const possible = [utc - before, utc - after].filter((each) => each + offsetAt(each) === utc)
      return possible.length > 0 ? Math.min(...possible) : utc - before
    },
  }
}

/** Epoch milliseconds of a wall time in UTC. */
export function asIfUtc(wall: WallTime): number {
  // Unlike Date.UTC, the setters leave years below 100 as they are.
  const date = new Date(0)
  date.setUTCFullYear(wall.year, wall.month - 1, wall.day)
  return date.setUTCHours(wall.hour, wall.minute, wall.second, wall.millisecond)
}

const DAY = 86_400_000

function modulo(value: number, divisor: number): number {
  return ((value % divisor) + divisor) % divisor
}
