/** Starts the built desktop program on the double of Electron, for a test to use like a person would. */
import { type ChildProcess, spawn } from 'node:child_process'
import { existsSync, readdirSync, readlinkSync } from 'node:fs'
import { basename, delimiter, join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { type Browser, chromium, type Page } from 'playwright-core'

export interface DesktopProgram extends HiddenProgram {
  /** The window's page. */
  page: Page
}

/** A program whose window may never have been open. */
export interface HiddenProgram {
  /** Waits for the window and answers its page. */
  whenOpen(): Promise<Page>
  /** Presses an item of the application menu, e.g. `'File', 'New lead'`. */
  pressMenu(...labels: string[]): Promise<void>
  pressTray(...labels: string[]): Promise<void>
  /** What the program did outside its window so far. */
  notes(): Promise<Notes>
  window(): Promise<{ visible: boolean; maximized: boolean; bounds: Bounds }>
  /** The labels of the tray's menu, its tooltip and title, and the number on the program's icon. */
  tray(): Promise<string[]>
  shown(): Promise<{ tooltip: string; title: string; badge: number }>
  /** Popups on the screen, the oldest first. */
  popups(): Promise<Popup[]>
  /** Clicks the popup of this title, or presses one of its buttons. */
  answerPopup(title: string, button?: string): Promise<void>
  /** Moves the clock on, by milliseconds, as it is after a sleep. */
  moveClock(by: number): Promise<void>
  /** What the program's clock says, in milliseconds since the epoch. */
  now(): Promise<number>
  /** Something happens to the machine, e.g. `resume`. */
  power(event: string): Promise<void>
  /** Moves and resizes the window as a user does. */
  moveWindow(bounds: Bounds): Promise<void>
  /** Closes the window by its frame. */
  closeWindow(): Promise<void>
  /** Quits as the menu does; resolves with the exit code. */
  quit(): Promise<number>
  /** Ends the process at once, as a crash or a power cut would. */
  kill(): Promise<void>
  /** Resolves with the exit code when the program ends by itself. */
  ended: Promise<number>
}

export interface Notes {
  /** Addresses and folders handed to the system. */
  opened: string[]
  /** Native error boxes. */
  errors: { title: string; content: string }[]
  /** Native message boxes. */
  messages: string[]
  notifications: Popup[]
}

export interface Popup {
  title: string
  body: string
  actions?: { text: string }[]
}

interface Bounds {
  x: number
  y: number
  width: number
  height: number
}

export interface DesktopOptions {
  dataDirectory: string
  arguments?: string[]
  environment?: Record<string, string>
}

const root = join(import.meta.dirname, '..', '..')

/**
 * Resolves when the window shows the screens.
 * @throws with all the program said, when it ended before
 */
export async function startDouble(options: DesktopOptions): Promise<DesktopProgram> {
  const program = await startHidden(options)
  return { ...program, page: await program.whenOpen() }
}

/** The same without waiting for a window. */
export async function startHidden(options: DesktopOptions): Promise<HiddenProgram> {
  const child = spawn(
    process.execPath,
    [
      '--import',
      join(root, 'e2e', 'double', 'register.mjs'),
      join(root, 'out', 'main', 'index.js'),
      '--data',
      options.dataDirectory,
      ...(options.arguments ?? []),
    ],
    {
      cwd: root,
      env: {
        ...process.env,
        PATH: `${join(root, 'e2e', 'double', 'bin')}${delimiter}${process.env.PATH}`,
        ...options.environment,
      },
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    },
  )
  const said: string[] = []
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on('data', (text) => said.push(String(text)))
  }
  const ended = new Promise<number>((resolve) => {
    child.once('exit', (code, signal) => resolve(code ?? (signal ? 128 : 0)))
  })
  const ask = createQuestions(child)
  const endedEarly = ended.then((code) => {
    throw new Error(`The program ended with ${code}:\n${said.join('')}`)
  })
  endedEarly.catch(() => {})

  /** A program that ends takes its page with it: then what it said tells more than the page's end. */
  const orItsEnd = <Value>(work: Promise<Value>) =>
    Promise.race([
      work.catch(async (error) => {
        await Promise.race([endedEarly, wait(5000)])
        throw error
      }),
      endedEarly,
    ])
  let browser: Browser | undefined
  const whenOpen = async () => {
    const port = await orItsEnd(ask<number>('debuggingPort'))
    browser ??= await orItsEnd(chromium.connectOverCDP(`http://127.0.0.1:${port}`))
    const page = await orItsEnd(findPage(browser, child))
    await orItsEnd(untilVisible(ask))
    return page
  }
  const finish = async (end: () => unknown) => {
    await end()
    const code = await ended
    await browser?.close()
    await untilUnused(join(options.dataDirectory, 'desktop'))
    return code
  }
  return {
    whenOpen,
    ended,
    pressMenu: (...labels) => ask('press', { where: 'menu', labels }),
    pressTray: (...labels) => ask('press', { where: 'tray', labels }),
    notes: () => ask('notes'),
    window: () => ask('window'),
    tray: () => ask('labels', { where: 'tray' }),
    shown: () => ask('shown'),
    popups: () => ask('popups'),
    answerPopup: (title, button) => ask('answerPopup', { title, button }),
    moveClock: (by) => ask('moveClock', by),
    now: () => ask('now'),
    power: (event) => ask('power', event),
    moveWindow: (bounds) => ask('moveWindow', bounds),
    closeWindow: () => ask('closeWindow'),
    quit: () => finish(() => ask('quit')),
    kill: async () => void (await finish(() => child.kill('SIGKILL'))),
  }
}

/**
 * Chromium outlives a program that is killed for a moment, and writes to its profile until its end. Its lock is a link
 * that names its process.
 */
async function untilUnused(userData: string): Promise<void> {
  const holders = () =>
    existsSync(userData)
      ? readdirSync(userData, { recursive: true, encoding: 'utf8' })
          .filter((name) => basename(name) === 'SingletonLock')
          .flatMap((name) => {
            try {
              const [process] = readlinkSync(join(userData, name)).match(/\d+$/) ?? []
              return process ? [Number(process)] : []
            } catch {
              return []
            }
          })
      : []
  // Removing the folder tries again, too: a process that nobody collects is not waited for for ever.
  for (let tries = 0; tries < 200 && holders().some(isAlive); tries++) await wait(50)
}

function isAlive(process: number): boolean {
  try {
    return globalThis.process.kill(process, 0)
  } catch {
    return false
  }
}

type Ask = <Value>(name: string, given?: unknown) => Promise<Value>

function createQuestions(child: ChildProcess): Ask {
  const waiting = new Map<number, PromiseWithResolvers<unknown>>()
  let lastId = 0
  child.on('message', ({ id, value, error }: { id: number; value?: unknown; error?: string }) => {
    if (error === undefined) waiting.get(id)?.resolve(value)
    else waiting.get(id)?.reject(new Error(error))
    waiting.delete(id)
  })
  return <Value>(name: string, given: unknown = {}) => {
    const id = ++lastId
    const answer = Promise.withResolvers<unknown>()
    waiting.set(id, answer)
    // A program that has ended takes no questions: that is an answer, and no fault of the test.
    child.send({ id, name, given }, (error) => error && answer.reject(error))
    return answer.promise as Promise<Value>
  }
}

async function findPage(browser: Browser, child: ChildProcess): Promise<Page> {
  const [context] = browser.contexts()
  const isOurs = (page: Page) => page.url().startsWith('https://rapport.')
  while (child.exitCode === null) {
    const page = context?.pages().find(isOurs)
    if (page) {
      await page.waitForLoadState()
      return page
    }
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
  throw new Error('The program ended before its window was there.')
}

/** The program shows its window only when there is something to see. */
async function untilVisible(ask: Ask): Promise<void> {
  while (!(await ask<{ visible: boolean }>('window')).visible) {
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
}
