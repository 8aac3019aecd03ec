import { closeSync, openSync, readdirSync, utimesSync, writeSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { closeWhole } from './clean-close'
import { addCompany, copyAsCrashed, createFiles, type Files, type Ready } from './testing'

const first = Date.parse('2026-11-20T09:30:00Z')
const later = '2026-11-21T10:00:00Z'

function closeLikeTheProgram(files: Files, ready: Ready): void {
  closeWhole(ready.connection, { ...files, checkedAt: ready.checkedAt })
  ready.lock.release()
}

/** Checked when it was made, closed whole, and a day older. */
async function makeClosed(): Promise<Files> {
  const files = createFiles()
  const ready = await files.openReady()
  ready.connection.transaction(() => {
    for (let index = 0; index < 2000; index++) addCompany(ready.connection, `c${index}`)
  })()
  expect(ready.checkedAt).toBe(first)
  closeLikeTheProgram(files, ready)
  files.clock.set(later)
  return files
}

describe('a database that was closed whole', () => {
  test('is opened without being read through again', async () => {
    const files = await makeClosed()
    expect((await files.openReady()).checkedAt).toBe(first)
  })

  test('is checked again after a week', async () => {
    const files = await makeClosed()
    files.clock.set('2026-11-27T09:30:00Z')
    expect((await files.openReady()).checkedAt).toBe(Date.parse('2026-11-27T09:30:00Z'))
  })

  test('is trusted for one opening only', async () => {
    const files = await makeClosed()
    const ready = await files.openReady()
    expect(readdirSync(files.directory)).not.toContain('rapport.closed.json')
    ready.connection.close()
    ready.lock.release()
    expect((await files.openReady()).checkedAt).toBe(Date.parse(later))
  })

  test('is checked again where somebody has written to it, and damage is found', async () => {
    const files = await makeClosed()
    const descriptor = openSync(files.file, 'r+')
    writeSync(descriptor, Buffer.alloc(4096, 0xa5), 0, 4096, 5 * 4096)
    closeSync(descriptor)
    await files.openDamaged()
  })

  test('is checked again where only its time says that it is another', async () => {
    const files = await makeClosed()
    utimesSync(files.file, new Date(later), new Date(later))
    expect((await files.openReady()).checkedAt).toBe(Date.parse(later))
  })

  test('is checked again where a write-ahead log is beside it', async () => {
    const files = await makeClosed()
    const crashed = await createFiles().openReady()
    addCompany(crashed.connection, 'acme')
    const other = createFiles()
    copyAsCrashed(crashed.file.replace(/\/[^/]+$/, ''), other.directory)
    const ready = await files.openReady()
    closeLikeTheProgram(files, ready)
    copyAsCrashed(other.directory, files.directory)
    expect((await files.openReady()).checkedAt).toBe(Date.parse(later))
  })
})
