/** Addresses of lists that begin narrowed. */
import type { Comparison } from '../../../contract/kernel/conditions'

/** `/leads` + a comparison → the address of that list showing only what fits. */
export const narrowed = (path: string, ...comparisons: Comparison[]): string =>
  `${path}?filter=${encodeURIComponent(JSON.stringify({ all: comparisons }))}`
