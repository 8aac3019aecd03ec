import { expect, it } from 'vitest'
import { afterSaving, typing } from './useTyped'

it('What is typed while an earlier text is being saved is kept, and is edited from what was saved', () => {
  const sent = typing(null, 'Acme ', 'Old')
  const more = typing(sent, 'Acme again', 'Old')
  expect(afterSaving(more, 'Acme ', 'Acme')).toEqual({
    value: 'Acme again',
    before: 'Acme',
    saved: false,
  })
})

it('What was saved shows until the stored value follows, and typing then begins from that', () => {
  const saved = afterSaving(typing(null, 'Acme', 'Old'), 'Acme', 'Acme')
  expect(saved).toEqual({ value: 'Acme', before: 'Old', saved: true })
  expect(typing(saved, 'Acme 2', 'Acme')).toMatchObject({ before: 'Acme', saved: false })
  expect(afterSaving(null, 'Acme', 'Acme')).toBeNull()
})
