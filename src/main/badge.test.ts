import { EventEmitter } from 'node:events'
import type { NativeImage } from 'electron'
import { expect, it } from 'vitest'
import { createBadge, drawDot } from './badge'

function begin(platform: NodeJS.Platform) {
  const done: unknown[] = []
  const windowNamed = (name: string) => ({
    setOverlayIcon: (image: NativeImage | null, words: string) =>
      void done.push([name, image !== null, words]),
  })
  const app = Object.assign(new EventEmitter(), {
    setBadgeCount: (count = 0) => {
      done.push(count)
      return true
    },
  })
  const show = createBadge(
    {
      app: app as unknown as Parameters<typeof createBadge>[0]['app'],
      windows: () => [windowNamed('first')],
      toImage: () => ({}) as NativeImage,
    },
    platform,
  )
  return { done, show, open: () => app.emit('browser-window-created', {}, windowNamed('second')) }
}

it('What is due is a number on the icon of macOS and Linux', () => {
  const { done, show } = begin('darwin')
  show(3)
  show(0)
  expect(done).toEqual([3, 0])
})

it('On Windows it is a dot, also on a window that opens later', () => {
  const { done, show, open } = begin('win32')
  show(3)
  open()
  show(0)
  expect(done).toEqual([
    ['first', true, '3 due'],
    ['second', true, '3 due'],
    ['first', false, ''],
  ])
})

it('The dot is red in the middle and clear at its corners', () => {
  const pixels = drawDot()
  expect(pixels).toHaveLength(16 * 16 * 4)
  expect([...pixels.subarray((8 * 16 + 8) * 4, (8 * 16 + 8) * 4 + 4)]).toEqual([60, 57, 217, 255])
  expect([...pixels.subarray(0, 4)]).toEqual([0, 0, 0, 0])
})
