/** The number on the program's icon in the dock or taskbar; on Windows a dot, as there are no numbers. */
import type { App, BrowserWindow, NativeImage } from 'electron'

export interface BadgeNeeds {
  app: Pick<App, 'setBadgeCount' | 'on'>
  windows(): Pick<BrowserWindow, 'setOverlayIcon'>[]
  /** Makes an image of pixels in rows, four bytes each: blue, green, red, opacity. */
  toImage(pixels: Buffer, size: { width: number; height: number }): NativeImage
}

/** Answers how to show a count; a window opened later shows it, too. */
export function createBadge(
  { app, windows, toImage }: BadgeNeeds,
  platform: NodeJS.Platform = process.platform,
): (count: number) => void {
  if (platform !== 'win32') return (count) => void app.setBadgeCount(count)

  let current = 0
  const dot = toImage(drawDot(), { width: dotSize, height: dotSize })
  const mark = (window: Pick<BrowserWindow, 'setOverlayIcon'>) =>
    window.setOverlayIcon(current > 0 ? dot : null, current > 0 ? `${current} due` : '')
  app.on('browser-window-created', (_event, window) => mark(window))
  return (count) => {
    current = count
    for (const window of windows()) mark(window)
  }
}

const dotSize = 16

/** A red disc with soft edges. */
export function drawDot(): Buffer {
  const pixels = Buffer.alloc(dotSize * dotSize * 4)
  const middle = (dotSize - 1) / 2
  for (let y = 0; y < dotSize; y += 1) {
    for (let x = 0; x < dotSize; x += 1) {
      const inside = Math.min(1, Math.max(0, 7.5 - Math.hypot(x - middle, y - middle)))
      // The colours are multiplied by the opacity, as the system takes them.
      pixels.set(
        [60, 57, 217, 255].map((part) => Math.round(part * inside)),
        (y * dotSize + x) * 4,
      )
    }
  }
  return pixels
}
