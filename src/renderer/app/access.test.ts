import { expect, test } from 'vitest'
import { createAccess, tokenIn } from './access'

/** A browser tab: an address, a history of one, and storage that outlives a reload. */
function tab(address: string, storage = new Map<string, string>()) {
  const url = new URL(address)
  return {
    url,
    storage,
    location: { hash: url.hash, pathname: url.pathname, search: url.search } as Location,
    history: {
      replaceState: (_state: unknown, _title: string, next: string) => {
        url.hash = ''
        url.pathname = next
      },
    } as unknown as History,
    sessionStorage: {
      getItem: (key: string) => storage.get(key) ?? null,
      setItem: (key: string, value: string) => void storage.set(key, value),
    } as Storage,
  }
}

test('the token is taken out of the address and outlives a reload', () => {
  const first = tab('http://127.0.0.1:4780/#token=secret')
  expect(createAccess(first).getState().token).toBe('secret')
  expect(first.url.href).toBe('http://127.0.0.1:4780/')
  const again = tab('http://127.0.0.1:4780/#/leads', first.storage)
  expect(createAccess(again).getState()).toMatchObject({ token: 'secret', refused: false })
})

test('a new token replaces one that was refused', () => {
  const { storage, ...window } = tab('http://127.0.0.1:4780/#token=old')
  const access = createAccess(window)
  access.getState().refuse()
  expect(access.getState().refused).toBe(true)
  access.getState().offer('new')
  expect(access.getState()).toMatchObject({ token: 'new', refused: false })
  expect([...storage.values()]).toEqual(['new'])
})

test('a page without a token has none, and its route stays', () => {
  const window = tab('http://127.0.0.1:4780/#/leads?sort=-value')
  expect(createAccess(window).getState().token).toBeNull()
  expect(window.url.hash).toBe('#/leads?sort=-value')
})

test.each([
  ['#token=abc', 'abc'],
  ['#/?token=abc', 'abc'],
  ['#token=', null],
  ['#/leads', null],
  ['', null],
])('the token in “%s” is %s', (hash, token) => {
  expect(tokenIn(hash)).toBe(token)
})
