import { mkdirSync, mkdtempSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { brotliDecompressSync, gunzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { removeFolder } from '../testing-folder'
import { createPages, type Pages } from './pages'

let folder: string
let pages: Pages
const script = `console.log(${JSON.stringify('x'.repeat(5000))})`

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'rapport-pages-'))
  const built = join(folder, 'built')
  mkdirSync(join(built, 'assets'), { recursive: true })
  writeFileSync(join(folder, 'secret.txt'), 'secret')
  writeFileSync(
    join(built, 'index.html'),
    '<meta nonce="__CSP_NONCE__"><style nonce="__CSP_NONCE__">',
  )
  writeFileSync(join(built, 'assets', 'index-4f3a.js'), script)
  writeFileSync(join(built, 'assets', 'index-4f3a.js.map'), '{}')
  writeFileSync(join(built, 'icon.png'), Buffer.from([1, 2, 3]))
  symlinkSync(join(folder, 'secret.txt'), join(built, 'link.txt'))
  pages = createPages(built)
})
afterAll(() => removeFolder(folder))

const text = (bytes: Uint8Array) => Buffer.from(bytes).toString('utf8')

describe('The screens', () => {
  it('come with a fresh nonce in page and policy each time', async () => {
    const nonces = new Set<string>()
    for (const path of ['/', '/', '/index.html']) {
      const page = await pages.find(path)
      const [, nonce] = /'nonce-([^']+)'/.exec(page?.headers['content-security-policy'] ?? '') ?? []
      expect(text(page!.body)).toBe(`<meta nonce="${nonce}"><style nonce="${nonce}">`)
      expect(page?.headers['cache-control']).toBe('no-store')
      nonces.add(nonce!)
    }
    expect(nonces.size).toBe(3)
  })

  it('may run our scripts only: none inline, none from elsewhere, no frames, no plugins', async () => {
    const policy = (await pages.find('/'))?.headers['content-security-policy']
    expect(policy).toContain("default-src 'none'")
    expect(policy).toContain("script-src 'self';")
    expect(policy).toContain("frame-ancestors 'none'")
    expect(policy).not.toContain('unsafe')
    expect(policy).not.toContain('http')
  })

  it('keep hashed files in the cache for good, others not', async () => {
    expect((await pages.find('/assets/index-4f3a.js'))?.headers['cache-control']).toContain(
      'immutable',
    )
    expect((await pages.find('/icon.png'))?.headers['cache-control']).toBe('no-cache')
  })

  it('are compressed as the browser asks', async () => {
    const plain = await pages.find('/assets/index-4f3a.js')
    const brotli = await pages.find('/assets/index-4f3a.js', 'gzip, deflate, br;q=1')
    const gzip = await pages.find('/assets/index-4f3a.js', 'gzip')
    expect(plain?.headers['content-encoding']).toBeUndefined()
    expect(text(plain!.body)).toBe(script)
    expect(brotli?.headers['content-encoding']).toBe('br')
    expect(text(brotliDecompressSync(brotli!.body))).toBe(script)
    expect(gzip?.headers['content-encoding']).toBe('gzip')
    expect(text(gunzipSync(gzip!.body))).toBe(script)
    expect((await pages.find('/icon.png', 'br'))?.headers['content-encoding']).toBeUndefined()
  })

  it.each([
    '/../secret.txt',
    '/..%2fsecret.txt',
    '/%2e%2e/secret.txt',
    '/..%5csecret.txt',
    '/assets/..%2f..%2fsecret.txt',
    '//secret.txt',
    '/index.html%00.txt',
    '/%E0%A4%A',
    '/link.txt',
    '/assets',
    '/assets/',
    '/assets/index-4f3a.js.map',
    '/INDEX.HTML',
  ])('answer nothing at %s', async (path) => {
    expect(await pages.find(path)).toBeUndefined()
  })

  it('are nothing at all before they are built', async () => {
    expect(await createPages(join(folder, 'nowhere')).find('/')).toBeUndefined()
  })
})
