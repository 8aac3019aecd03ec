import { describe, expect, test } from 'vitest'
import { isUnwritten, withSignature } from './signature'

const signature = 'Riley Stone\nAcme & Sons <sales>'

describe('The signature', () => {
  test('is beneath what is written, plain or formatted, and once', () => {
    const once = withSignature({ body: '', html: null }, signature)
    expect(once.body).toBe(`\n\n${signature}`)
    expect(withSignature(once, signature)).toEqual(once)
    const body = 'Dear Ann,\n\nas agreed.\n'
    expect(withSignature({ body, html: null }, signature).body).toBe(
      `Dear Ann,\n\nas agreed.\n\n${signature}`,
    )
    const formatted = withSignature({ body: '', html: '<p>Dear Ann</p>' }, signature)
    expect(formatted.html).toBe(
      '<p>Dear Ann</p><p>Riley Stone<br>Acme &amp; Sons &lt;sales&gt;</p>',
    )
    expect(withSignature(formatted, signature)).toEqual(formatted)
  })

  test('is added where its words are only part of a sentence', () => {
    expect(withSignature({ body: 'Ask Riley about it', html: null }, 'Riley').body).toBe(
      'Ask Riley about it\n\nRiley',
    )
    const followed = { body: 'Hi\n\nRiley\nPS: see you', html: null }
    expect(withSignature(followed, 'Riley')).toEqual(followed)
  })

  test('is not added to a template that has its placeholder, and not where there is none', () => {
    for (const text of [
      { body: 'Hi {{ user.signature | default: user.name }}', html: null },
      { body: '', html: '<p>Hi {{ user.signature }}</p>' },
    ])
      expect(withSignature(text, signature)).toEqual(text)
    expect(withSignature({ body: 'Hi', html: null }, null)).toEqual({ body: 'Hi', html: null })
    expect(withSignature({ body: 'Hi', html: null }, ' \n')).toEqual({ body: 'Hi', html: null })
  })

  test('alone is no text', () => {
    expect(isUnwritten(withSignature({ body: '', html: null }, signature), signature)).toBe(true)
    expect(isUnwritten(withSignature({ body: '', html: '' }, signature), signature)).toBe(true)
    expect(isUnwritten(withSignature({ body: 'Hi', html: null }, signature), signature)).toBe(false)
    expect(isUnwritten({ body: ' ', html: null }, null)).toBe(true)
  })
})
