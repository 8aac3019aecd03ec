import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, onTestFinished, test } from 'vitest'
import { removeFolder } from '../testing-folder'
import { machineFile, machineName } from './machine'

function newHome() {
  const home = mkdtempSync(join(tmpdir(), 'rapport-home-'))
  onTestFinished(() => removeFolder(home))
  return home
}

describe("a machine's name", () => {
  test('is the same at each start', () => {
    const options = { platform: 'linux', environment: {}, home: newHome(), system: 'one' } as const
    expect(machineName(options)).toBe(machineName(options))
  })
  test('is another one when the home folder was taken to another machine', () => {
    const options = { platform: 'linux', environment: {}, home: newHome() } as const
    const here = machineName({ ...options, system: 'one' })
    expect(machineName({ ...options, system: 'two' })).not.toBe(here)
  })
  test('differs between two homes of machines that do not name themselves', () => {
    const of = (home: string) =>
      machineName({ platform: 'linux', environment: {}, home, system: undefined })
    expect(of(newHome())).not.toBe(of(newHome()))
  })
  test('can be given', () => {
    expect(machineName({ environment: { RAPPORT_MACHINE: 'office' } })).toBe('office')
  })
  test('is outside the data folder, and on Windows outside the profile that follows its user', () => {
    expect(machineFile('linux', {}, '/home/rep')).toBe('/home/rep/.config/rapport/machine.json')
    expect(machineFile('darwin', {}, '/Users/rep')).toBe(
      '/Users/rep/Library/Application Support/Rapport/machine.json',
    )
    expect(machineFile('win32', {}, 'C:\\Users\\rep')).toBe(
      'C:\\Users\\rep\\AppData\\Local\\Rapport\\machine.json',
    )
  })
})
