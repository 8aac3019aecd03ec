import { describe, expect, it } from 'vitest'
import { placeWindow, smallest } from './placement'

const laptop = { x: 0, y: 25, width: 1440, height: 875 }
const beside = { x: 1440, y: 0, width: 2560, height: 1440 }
const saved = { x: 1600, y: 100, width: 1200, height: 900, maximized: false }

describe('The window', () => {
  it('opens in the usual size, centred by the system, the first time', () => {
    expect(placeWindow(null, [laptop])).toEqual({ width: 1280, height: 800 })
  })
  it('opens where it was', () => {
    expect(placeWindow(saved, [laptop, beside])).toEqual({
      x: 1600,
      y: 100,
      width: 1200,
      height: 900,
    })
  })
  it('comes home in its size when its display is gone', () => {
    expect(placeWindow(saved, [laptop])).toEqual({ width: 1200, height: 875 })
  })
  it('comes home when only a sliver of it could be seen', () => {
    expect(placeWindow({ ...saved, x: 1440 + 2560 - 60 }, [laptop, beside])).not.toHaveProperty('x')
    expect(placeWindow({ ...saved, x: 1440 + 2560 - 400 }, [laptop, beside])).toHaveProperty('x')
  })
  it('comes home when its title bar is above or below every display', () => {
    expect(placeWindow({ ...saved, x: 10, y: -40 }, [laptop])).not.toHaveProperty('x')
    expect(placeWindow({ ...saved, x: 10, y: 890 }, [laptop])).not.toHaveProperty('x')
  })
  it('is never larger than its display nor smaller than a phone', () => {
    expect(
      placeWindow({ x: 0, y: 30, width: 9000, height: 9000, maximized: false }, [laptop]),
    ).toMatchObject({
      width: 1440,
      height: 875,
    })
    expect(
      placeWindow({ x: 0, y: 30, width: 1, height: 1, maximized: false }, [laptop]),
    ).toMatchObject(smallest)
  })
  it('opens even while the system names no display', () => {
    expect(placeWindow(saved, [])).toEqual({ width: 1200, height: 900 })
  })
})
