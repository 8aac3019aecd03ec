import { expect, test } from 'vitest'
import { advance, chordOf, keyCaps, shortcuts } from './shortcuts'

const press = (
  key: string,
  held: Partial<Record<'ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey', boolean>> = {},
) => ({
  key,
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  shiftKey: false,
  ...held,
})

test('mod is Ctrl on a PC and Command on a Mac', () => {
  expect(chordOf(press('k', { ctrlKey: true }), false)).toBe('mod+k')
  expect(chordOf(press('k', { metaKey: true }), true)).toBe('mod+k')
  expect(chordOf(press('k', { ctrlKey: true }), true)).toBe('meta+k')
})

test('a question mark is a question mark on any keyboard, a capital letter needs Shift', () => {
  expect(chordOf(press('?', { shiftKey: true }), false)).toBe('?')
  expect(chordOf(press('Z', { ctrlKey: true, shiftKey: true }), false)).toBe('mod+shift+z')
  expect(chordOf(press('Shift', { shiftKey: true }), false)).toBeNull()
})

test('g waits for the place, and the next letter goes there', () => {
  const first = advance('', 'g')
  expect(first).toEqual({ pending: 'g', complete: [] })
  expect(advance(first.pending, 'p').complete).toEqual(['goPipeline'])
})

test('a letter that fits no sequence stands for itself', () => {
  expect(advance('g', 'x').complete).toEqual(['selectRow'])
})

test('g c goes to companies while c alone logs a call', () => {
  expect(advance('g', 'c').complete).toEqual(['goCompanies'])
  expect(advance('', 'c').complete).toContain('logCall')
})

test('c completes in the queue and logs a call on a record', () => {
  expect(advance('', 'c').complete).toEqual(['completeItem', 'logCall'])
})

/** Groups whose keys answer at the same time as those of a screen. */
const beside: Record<string, string[]> = {
  Today: ['Everywhere', 'Go to', 'Lists', 'Forms'],
  Record: ['Everywhere', 'Go to', 'Lists', 'Forms'],
  Calendar: ['Everywhere', 'Go to', 'Forms'],
  // It has no list to open rows of, and its n is the next lead before it is a new one.
  Queue: ['Go to', 'Forms'],
}

test.each(Object.keys(beside))(
  'no two shortcuts share their keys on the screen of %s',
  (screen) => {
    const keys = Object.values(shortcuts)
      .filter(({ local, group }) => !local && (group === screen || beside[screen]?.includes(group)))
      .map((shortcut) => shortcut.keys)
    expect(new Set(keys).size).toBe(keys.length)
  },
)

test('keys are drawn as the machine in front writes them', () => {
  expect(keyCaps('mod+shift+z', false)).toEqual([['Ctrl', 'Shift', 'Z']])
  expect(keyCaps('g p', true)).toEqual([['G'], ['P']])
})
