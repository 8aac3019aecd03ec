/** Where one is in the queue: which step comes next, how far one has come, what a key logs. */
import type { DueStep } from '../../../../contract/outreach/plans'

/** One step of one plan: the plan may come again with its next step. */
export const keyOf = ({ plan }: Pick<DueStep, 'plan'>): string =>
  `${plan.id} ${plan.step?.stepId ?? ''}`

/** The step that takes the place of one that is done: the next, at the end the one before. */
export function keyAfter(keys: readonly string[], gone: string): string | null {
  const place = keys.indexOf(gone)
  return keys[place + 1] ?? keys[place - 1] ?? null
}

/** The next or previous step, staying at the ends. */
export function keyBeside(
  keys: readonly string[],
  current: string | null,
  by: 1 | -1,
): string | null {
  const place = current === null ? -1 : keys.indexOf(current)
  return keys[Math.max(0, Math.min(keys.length - 1, place + by))] ?? null
}

export interface Progress {
  /** From 1. */
  at: number
  of: number
  done: number
}

/**
 * "3 of 12". What was undone is in the queue again and is not counted twice.
 * @param handled keys of what was done since the queue was opened
 * @param total all that wait, shown or not
 */
export function progressOf(
  keys: readonly string[],
  current: string | null,
  handled: ReadonlySet<string>,
  total: number,
): Progress {
  const waiting = new Set(keys)
  const done = [...handled].filter((key) => !waiting.has(key)).length
  const place = current === null ? 0 : Math.max(0, keys.indexOf(current))
  return { at: done + place + 1, of: done + total, done }
}

/** The outcome that a number key picks, from 1. */
export const outcomeOfKey = <Outcome>(outcomes: readonly Outcome[], key: string) =>
  /^[1-9]$/.test(key) ? outcomes[Number(key) - 1] : undefined
