import { existsSync, mkdtempSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { removeFolder } from '../testing-folder'
import { createSecrets, SecretsUnavailable } from './secrets'

let folder: string
let file: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'rapport-secrets-'))
  file = join(folder, 'secrets.json')
})
afterEach(() => removeFolder(folder))

type Backend = ReturnType<Electron.SafeStorage['getSelectedStorageBackend']>

/** The system's keyring: seals by turning the text around, which is enough to see it is not plain. */
function keyring(backend: Backend, { works = true, rotated = false } = {}) {
  return {
    getSelectedStorageBackend: () => backend,
    isAsyncEncryptionAvailable: async () => works,
    encryptStringAsync: async (text: string) => Buffer.from(text).reverse(),
    decryptStringAsync: async (sealed: Buffer) => ({
      result: Buffer.from(sealed).reverse().toString(),
      shouldReEncrypt: rotated,
    }),
  }
}

describe('Secrets', () => {
  it('are kept encrypted and are there after a restart', async () => {
    await createSecrets(file, keyring('gnome_libsecret'), 'linux').set('smtp', 'hunter2')
    expect(readFileSync(file, 'utf8')).not.toContain('hunter2')
    const later = createSecrets(file, keyring('gnome_libsecret'), 'linux')
    expect(await later.get('smtp')).toBe('hunter2')
    await later.remove('smtp')
    expect(await later.get('smtp')).toBeUndefined()
  })

  it.each(['basic_text', 'unknown'] as const)(
    'are refused on Linux with the backend %s',
    async (backend) => {
      const secrets = createSecrets(file, keyring(backend), 'linux')
      expect(await secrets.isAvailable()).toBe(false)
      await expect(secrets.set('smtp', 'hunter2')).rejects.toThrow(SecretsUnavailable)
      expect(existsSync(file)).toBe(false)
    },
  )

  it('do not ask for a backend where only Linux has one', async () => {
    const mac = { ...keyring('basic_text'), getSelectedStorageBackend: () => expect.fail('asked') }
    const secrets = createSecrets(file, mac, 'darwin')
    await secrets.set('smtp', 'hunter2')
    expect(await secrets.get('smtp')).toBe('hunter2')
  })

  it('are refused where the system cannot encrypt', async () => {
    const secrets = createSecrets(file, keyring('kwallet6', { works: false }), 'linux')
    await expect(secrets.set('smtp', 'hunter2')).rejects.toThrow('no safe place')
    expect(existsSync(file)).toBe(false)
  })

  it('are not read any more once the keyring is gone', async () => {
    await createSecrets(file, keyring('kwallet6'), 'linux').set('smtp', 'hunter2')
    expect(await createSecrets(file, keyring('basic_text'), 'linux').get('smtp')).toBeUndefined()
  })

  it('are sealed again when the system has changed its key', async () => {
    const sealings: string[] = []
    const storage = keyring('kwallet6', { rotated: true })
    const secrets = createSecrets(
      file,
      {
        ...storage,
        encryptStringAsync: async (text) => {
          sealings.push(text)
          return storage.encryptStringAsync(text)
        },
      },
      'linux',
    )
    await secrets.set('smtp', 'hunter2')
    expect(await secrets.get('smtp')).toBe('hunter2')
    expect(sealings).toEqual(['hunter2', 'hunter2'])
  })

  it('keep the others when one is changed', async () => {
    const secrets = createSecrets(file, keyring('kwallet6'), 'linux')
    await secrets.set('smtp', 'one')
    await secrets.set('imap', 'two')
    await secrets.set('smtp', 'three')
    expect([await secrets.get('smtp'), await secrets.get('imap')]).toEqual(['three', 'two'])
  })
})
