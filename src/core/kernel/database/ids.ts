/** New ids: UUIDv7, so that ids sort by the time they were made. */
import { v7 } from 'uuid'

/** @param now milliseconds since the epoch, from the clock */
export const newId = (now: number): string => v7({ msecs: now })

/** The same made by SQL, for rows that triggers write. `now` is an SQL expression in milliseconds. */
export const newIdSql = (now: string): string =>
  `printf('%08x-%04x-7%03x-%04x-%012x', (${now}) >> 16, (${now}) & 65535, abs(random() % 4096), 32768 + abs(random() % 16384), abs(random() % 281474976710656))`
