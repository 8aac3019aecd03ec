/** The built screens as a host hands them out: from a list made at start, so no path leads elsewhere. */
import { randomBytes } from 'node:crypto'
import { existsSync, readdirSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { extname, join, sep } from 'node:path'
import { promisify } from 'node:util'
import { type BrotliOptions, brotliCompress, constants, gzip } from 'node:zlib'
import { contentSecurityPolicy, noPagePolicy, securityHeaders } from './headers'

export interface Pages {
  /**
   * The file behind a URL's path (`/` is the first page), or undefined when there is none.
   * @param accepted the request's Accept-Encoding; without it the file comes as it is
   */
  find(pathname: string, accepted?: string): Promise<Page | undefined>
}

export interface Page {
  headers: Record<string, string>
  body: Uint8Array<ArrayBuffer>
}

/** @param directory the renderer's build */
export function createPages(directory: string): Pages {
  const files = listFiles(directory)
  const read = remember((path) => readFile(join(directory, path)))
  const compressed = {
    br: remember(async (path) => compressWithBrotli(await read(path), brotliOptions)),
    gzip: remember(async (path) => compressWithGzip(await read(path))),
  }

  return {
    async find(pathname, accepted = '') {
      const path = pathname === '/' ? 'index.html' : decode(pathname.slice(1))
      if (path === undefined || !files.has(path)) return undefined
      const type = types[extname(path)]
      const headers = { ...securityHeaders, 'content-type': type ?? 'application/octet-stream' }
      if (path.endsWith('.html')) return openPage(await read(path), headers)

      const encoding = type && isText(type) ? chooseEncoding(accepted) : undefined
      const body = encoding ? await compressed[encoding](path) : await read(path)
      return {
        body: new Uint8Array(body),
        headers: {
          ...headers,
          'content-security-policy': noPagePolicy,
          'cache-control': path.startsWith('assets/') ? forever : 'no-cache',
          ...(type && isText(type) && { vary: 'accept-encoding' }),
          ...(encoding && { 'content-encoding': encoding }),
        },
      }
    },
  }
}

/** The built page carries this word wherever the nonce of the answer belongs. */
const nonceWord = '__CSP_NONCE__'
/** Vite puts a hash of the content into the names under assets/. */
const forever = 'public, max-age=31536000, immutable'

function openPage(file: Buffer, headers: Record<string, string>): Page {
  const nonce = randomBytes(16).toString('base64')
  return {
    body: new TextEncoder().encode(file.toString('utf8').replaceAll(nonceWord, nonce)),
    headers: {
      ...headers,
      'content-security-policy': contentSecurityPolicy(nonce),
      'cache-control': 'no-store',
    },
  }
}

function listFiles(directory: string): Set<string> {
  if (!existsSync(directory)) return new Set()
  const entries = readdirSync(directory, { recursive: true, withFileTypes: true })
  const files = entries.filter((entry) => entry.isFile() && !entry.name.endsWith('.map'))
  return new Set(
    files.map((entry) =>
      join(entry.parentPath, entry.name)
        .slice(directory.length)
        .split(sep)
        .filter(Boolean)
        .join('/'),
    ),
  )
}

const types: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json',
  '.webmanifest': 'application/manifest+json',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
}
const isText = (type: string) => /^text\/|json|svg/.test(type)

const compressWithBrotli = promisify<Buffer, BrotliOptions, Buffer>(brotliCompress)
const compressWithGzip = promisify<Buffer, Buffer>(gzip)
/** Compressed once at the first request: somebody waits, so not the slowest level. */
const brotliOptions = { params: { [constants.BROTLI_PARAM_QUALITY]: 6 } }

function chooseEncoding(accepted: string): 'br' | 'gzip' | undefined {
  const offered = accepted.split(',').map((part) => part.trim().split(';')[0])
  return (['br', 'gzip'] as const).find((encoding) => offered.includes(encoding))
}

function decode(text: string): string | undefined {
  try {
    return decodeURIComponent(text)
  } catch {
    return undefined
  }
}

function remember<Value>(make: (key: string) => Promise<Value>): (key: string) => Promise<Value> {
  const made = new Map<string, Promise<Value>>()
  return (key) => {
    const value = made.get(key) ?? make(key)
    made.set(key, value)
    return value
  }
}
