import { existsSync, readdirSync, writeFileSync } from 'node:fs'
import { hostname } from 'node:os'
import { join } from 'node:path'
import { Worker } from 'node:worker_threads'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { takeLock } from './lock'
import {
  buildProcess,
  close,
  createFakeClock,
  createFiles,
  makeDirectory,
  refusal,
  startProcess,
} from './testing'

let processToKill: Awaited<ReturnType<typeof buildProcess>>
beforeAll(async () => {
  processToKill = await buildProcess()
})
afterAll(() => processToKill.remove())

describe('a data directory belongs to one program at a time', () => {
  test('another process is refused and told who has it', async () => {
    const files = createFiles()
    const first = startProcess(processToKill.program, [
      'hold',
      files.directory,
      files.options.migrations,
    ])
    expect(await first.spoken).toBe('open')

    const refused = await refusal(files.open())
    expect(refused.code).toBe('database_locked')
    expect(refused.data).toMatchObject({ pid: first.process.pid, host: hostname() })
    expect(refused.message).toContain(`process ${first.process.pid}`)
    await first.kill()
  })

  test('a process that is killed leaves no lock behind', async () => {
    const files = createFiles()
    const first = startProcess(processToKill.program, [
      'hold',
      files.directory,
      files.options.migrations,
    ])
    await first.spoken
    await first.kill()
    expect(existsSync(join(files.directory, 'rapport.lock.json'))).toBe(true)
    expect((await files.open()).state).toBe('ready')
  })

  test('a process that comes second is refused while we have it', async () => {
    const files = createFiles()
    await files.openReady()
    const second = startProcess(processToKill.program, [
      'hold',
      files.directory,
      files.options.migrations,
    ])
    expect(await second.spoken).toBe('refused database_locked')
    await second.ended
  })

  test('another thread of the same process is refused', async () => {
    const files = createFiles()
    const ready = await files.openReady()
    const answer = () =>
      new Promise<string>((resolve, reject) => {
        const worker = new Worker(
          `const Database = require('node:module').createRequire(${JSON.stringify(import.meta.url)})('better-sqlite3')
           const { parentPort, workerData } = require('node:worker_threads')
           const lock = new Database(workerData, { timeout: 0 })
           try { lock.exec('begin exclusive'); parentPort.postMessage('free') }
           catch (error) { parentPort.postMessage(error.code) }
           lock.close()`,
          { eval: true, workerData: join(files.directory, 'rapport.lock') },
        )
        worker.once('message', (text: string) => void worker.once('exit', () => resolve(text)))
        worker.once('error', reject)
      })
    expect(await answer()).toBe('SQLITE_BUSY')
    close(ready)
    expect(await answer()).toBe('free')
  })

  test('the same thread is refused, and the holder named by its own process', async () => {
    const files = createFiles()
    await files.openReady({ door: 'web' })
    const refused = await refusal(files.open())
    expect(refused.data).toEqual({
      pid: process.pid,
      host: hostname(),
      door: 'web',
      since: '2026-11-20T09:30:00.000Z',
    })
  })

  test('it is free again once released, and the notice is gone', () => {
    const directory = makeDirectory()
    const first = takeLock({ directory, clock: createFakeClock() })
    first.release()
    first.release()
    expect(readdirSync(directory)).toEqual(['rapport.lock'])
    takeLock({ directory, clock: createFakeClock() }).release()
  })

  test('the notice of a killed process is not blamed on somebody else', async () => {
    const directory = makeDirectory()
    const lock = takeLock({ directory, clock: createFakeClock() })
    const gone = startProcess(processToKill.program, ['hold', makeDirectory(), ''])
    await gone.kill()
    writeFileSync(
      join(directory, 'rapport.lock.json'),
      JSON.stringify({ pid: gone.process.pid, host: hostname(), door: 'web', since: 'then' }),
    )
    const refused = await refusal(
      Promise.resolve().then(() => takeLock({ directory, clock: createFakeClock() })),
    )
    expect(refused.data).toEqual({ pid: null, host: null, door: null, since: null })
    lock.release()
  })
})
