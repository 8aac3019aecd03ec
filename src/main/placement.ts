/** Where a window opens: where it was, as long as it can still be seen and caught there. */
import type { Rectangle } from 'electron'
import type { Settings } from './settings'

export type Placement = NonNullable<Settings['placement']>

/** The smallest window: the width of a phone. */
export const smallest = { width: 360, height: 480 }
const usual = { width: 1280, height: 800 }
/** How much of the title bar's width and height must be on a display to drag a window by it. */
const grip = { width: 120, height: 32 }

/**
 * Bounds for a new window; without x and y the system centres it.
 * @param workAreas of the displays now attached, the primary one first
 */
export function placeWindow(
  saved: Placement | null,
  workAreas: readonly Rectangle[],
): { x?: number; y?: number; width: number; height: number } {
  const home = saved && workAreas.find((area) => canBeCaught(saved, area))
  const area = home ?? workAreas[0]
  const clamp = (length: number, least: number, most = length) =>
    Math.max(least, Math.min(length, most))
  const size = {
    width: clamp(saved?.width ?? usual.width, smallest.width, area?.width),
    height: clamp(saved?.height ?? usual.height, smallest.height, area?.height),
  }
  return home ? { x: saved.x, y: saved.y, ...size } : size
}

function canBeCaught(window: Rectangle, area: Rectangle): boolean {
  const shared = Math.min(window.x + window.width, area.x + area.width) - Math.max(window.x, area.x)
  const top = window.y
  return shared >= grip.width && top >= area.y && top + grip.height <= area.y + area.height
}
