/** From the command line to a served program, and back down again in order. */
import { randomBytes } from 'node:crypto'
import { networkInterfaces } from 'node:os'
import { resolve } from 'node:path'
import type { OpeningStep } from '../contract/kernel/opening'
import { CoreFailure, type CoreWorker } from '../core/worker/client'
import { superviseCore } from '../core/worker/supervise'
import { dataFolder } from '../hosting/folder'
import { machineName } from '../hosting/machine'
import { createPages } from '../hosting/pages'
import type { Program } from '../hosting/program'
import { type Arguments, parseArguments, usage, usualPort, WrongArguments } from './arguments'
import { openBrowser } from './browser'
import { createWebCapabilities } from './capabilities'
import { isLoopback } from './gate'
import { startWebServer, type WebServer } from './server'

/** Serves until it is told to stop; resolves with the exit code of the process. */
export async function run(words: readonly string[], program: Program): Promise<number> {
  try {
    const settings = parseArguments(words)
    if (settings.help) {
      console.log(usage)
      return 0
    }
    return await serve(settings, program)
  } catch (error) {
    if (!(error instanceof WrongArguments)) throw error
    console.error(`${error.message}\nSee --help.`)
    return 2
  }
}

async function serve(settings: Arguments, program: Program): Promise<number> {
  const token = settings.token ?? randomBytes(32).toString('base64url')
  const core = superviseCore({
    entry: program.worker,
    version: program.version,
    directory: resolve(settings.directory ?? dataFolder()),
    migrations: program.migrations,
    machine: machineName(),
    door: 'web',
    sample: settings.sample,
    host: createWebCapabilities(),
    report: (error) => console.error(explain(error)),
  })
  const stopped = untilStopped()
  let isStuck = false
  let server: WebServer | undefined
  try {
    server = await listen(settings, program, core, token)
    await core.showable
    if (settings.open) void openBrowser(`${homeOf(settings, server)}${server.createEntrance()}`)
    const step = core.opening()
    if (step) console.log(opening[step])
    await core.ready
    announce(settings, server, token)
    const failure = await Promise.race([stopped, core.ended])
    if (failure) throw failure
    return 0
  } catch (error) {
    console.error(explain(error))
    isStuck = error instanceof CoreFailure && error.code === 'stuck'
    return 1
  } finally {
    await core.close()
    await server?.close()
    // The process would wait for its stuck thread for ever.
    if (isStuck) process.kill(process.pid, 'SIGKILL')
  }
}

async function listen(
  { host: address, port }: Arguments,
  program: Program,
  core: CoreWorker,
  token: string,
): Promise<WebServer> {
  const start = (port: number) =>
    startWebServer({
      core,
      screens: createPages(program.screens),
      documentation: createPages(program.documentation),
      token,
      address,
      port,
      report: (error) => console.error(error),
    })
  if (port !== undefined) return start(port)
  try {
    return await start(usualPort)
  } catch (error) {
    if (codeOf(error) !== 'EADDRINUSE') throw error
    return start(0)
  }
}

/** For whoever looks at the terminal meanwhile. */
const opening: Record<OpeningStep, string> = {
  checking: 'Checking the database, as it was not closed properly or comes from elsewhere…',
  backing_up: 'Backing up the database before it is updated for this version…',
  updating: 'Updating the database for this version…',
}

const isEverywhere = (host: string) => host === '0.0.0.0' || host === '::'
const addressOf = (name: string, { port }: WebServer) =>
  `http://${name.includes(':') ? `[${name}]` : name}:${port}`
const homeOf = ({ host }: Arguments, server: WebServer) =>
  addressOf(isEverywhere(host) || isLoopback(host) ? '127.0.0.1' : host, server)

function announce(settings: Arguments, server: WebServer, token: string) {
  const { host } = settings
  if (!isLoopback(host)) {
    console.warn(
      'Warning: Rapport can be reached from other machines, over a connection that is not encrypted. Whoever has the link has all of it.',
    )
    if (isEverywhere(host))
      for (const name of outerNames()) console.warn(`  ${addressOf(name, server)}/#token=${token}`)
  }
  console.log(`Rapport is ready at ${homeOf(settings, server)}/#token=${token}`)
}

/** Resolves at the first request to stop; a second one ends the process at once. */
function untilStopped(): Promise<undefined> {
  return new Promise((resolve) => {
    let asked = false
    const stop = () => {
      if (asked) process.exit(130)
      asked = true
      resolve(undefined)
    }
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, stop)
  })
}

function explain(error: unknown): string {
  if (error instanceof CoreFailure) return error.message
  if (codeOf(error) === 'EADDRINUSE') {
    return 'The port is in use by another program. Choose one with --port, or --port 0 for any free one.'
  }
  if (codeOf(error) === 'EADDRNOTAVAIL') return 'This machine has no such address (--host).'
  if (codeOf(error) === 'EACCES')
    return 'This port may not be used by you. Choose another with --port.'
  return error instanceof Error ? (error.stack ?? error.message) : String(error)
}

const codeOf = (error: unknown) =>
  error instanceof Error && 'code' in error ? error.code : undefined

const outerNames = () =>
  Object.values(networkInterfaces())
    .flatMap((list) => list ?? [])
    .filter(({ internal, family }) => !internal && family === 'IPv4')
    .map(({ address }) => address)
