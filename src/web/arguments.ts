/** The web host's command line. */
import { parseArgs } from 'node:util'

export interface Arguments {
  /** 0 takes any free port; undefined the usual one, or any free one where that is taken. */
  port: number | undefined
  /** The address to listen on. */
  host: string
  /** Undefined: the user's application data folder. */
  directory: string | undefined
  /** Undefined: a random one. */
  token: string | undefined
  /** Whether to open the browser. */
  open: boolean
  /** Fill an empty database with sample data. */
  sample: boolean
  help: boolean
}

/** Says what is wrong with the command line, in words for the person who typed it. */
export class WrongArguments extends Error {
  override name = 'WrongArguments'
}

export const usualPort = 4780

export const usage = `Rapport, served on this computer for a browser.

  --web            serve only (what this program does; accepted for npm start)
  --port N         port to listen on; 0 takes any free one (default: ${usualPort})
  --data DIR       where the database lies (default: the user's application data folder)
  --token T        the access token (default: a new random one)
  --no-open        do not open the browser
  --sample         fill an empty database with sample data
  --host ADDRESS   also reachable from other machines: the address to listen on
  --help           this text

Ctrl-C stops it.`

/** @throws WrongArguments */
export function parseArguments(words: readonly string[]): Arguments {
  const values = read(words)
  return {
    port: portOf(values.port),
    host: values.host?.trim() || '127.0.0.1',
    directory: values.data || undefined,
    token: tokenOf(values.token),
    open: !values['no-open'],
    sample: values.sample ?? false,
    help: values.help ?? false,
  }
}

function read(words: readonly string[]) {
  try {
    return parseArgs({
      args: [...words],
      strict: true,
      allowPositionals: false,
      options: {
        web: { type: 'boolean' },
        port: { type: 'string' },
        data: { type: 'string' },
        token: { type: 'string' },
        'no-open': { type: 'boolean' },
        sample: { type: 'boolean' },
        host: { type: 'string' },
        help: { type: 'boolean', short: 'h' },
      },
    }).values
  } catch (error) {
    throw new WrongArguments(error instanceof Error ? error.message : String(error))
  }
}

function portOf(text: string | undefined): number | undefined {
  if (text === undefined) return undefined
  const port = Number(text)
  if (/^\d{1,5}$/.test(text) && port <= 65_535) return port
  throw new WrongArguments(`--port must be a number from 0 to 65535, not "${text}".`)
}

/** A token travels in an address and a header, so it is kept to characters that are safe in both. */
function tokenOf(text: string | undefined): string | undefined {
  if (text === undefined || /^[A-Za-z0-9._~-]{1,200}$/.test(text)) return text
  throw new WrongArguments('--token may hold letters, digits and . _ ~ - only (1 to 200 of them).')
}
