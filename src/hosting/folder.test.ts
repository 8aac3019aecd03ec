import { describe, expect, it } from 'vitest'
import { dataFolder } from './folder'

describe("The user's data folder", () => {
  it('follows XDG_DATA_HOME on Linux', () => {
    expect(dataFolder('linux', { XDG_DATA_HOME: '/data' }, '/home/rep')).toBe('/data/rapport')
    expect(dataFolder('linux', {}, '/home/rep')).toBe('/home/rep/.local/share/rapport')
  })
  it('ignores a relative XDG_DATA_HOME, as the specification asks', () => {
    expect(dataFolder('linux', { XDG_DATA_HOME: 'data' }, '/home/rep')).toBe(
      '/home/rep/.local/share/rapport',
    )
  })
  it('is where programs keep their data on macOS and Windows', () => {
    expect(dataFolder('darwin', {}, '/Users/rep')).toBe(
      '/Users/rep/Library/Application Support/Rapport/data',
    )
    expect(
      dataFolder('win32', { APPDATA: 'C:\\Users\\rep\\AppData\\Roaming' }, 'C:\\Users\\rep'),
    ).toBe('C:\\Users\\rep\\AppData\\Roaming\\Rapport\\data')
  })
})
