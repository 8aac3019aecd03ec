/** Passwords and tokens, encrypted with the key that the operating system keeps for this user. */
import type { SafeStorage } from 'electron'
import { z } from 'zod'
import { readJson, writeJson } from './files'

export interface Secrets {
  /** Whether the system has a safe place; without one nothing is kept, least of all in plain text. */
  isAvailable(): Promise<boolean>
  get(name: string): Promise<string | undefined>
  /** @throws SecretsUnavailable */
  set(name: string, value: string): Promise<void>
  remove(name: string): Promise<void>
}

export class SecretsUnavailable extends Error {
  override name = 'SecretsUnavailable'
  constructor() {
    super(
      'This system has no safe place for passwords (a keyring such as GNOME Keyring or KWallet), so none is kept.',
    )
  }
}

type Storage = Pick<
  SafeStorage,
  | 'isAsyncEncryptionAvailable'
  | 'encryptStringAsync'
  | 'decryptStringAsync'
  | 'getSelectedStorageBackend'
>

/** Encrypted values by name, in base64. */
const File = z.record(z.string(), z.string())

/** @param file where the encrypted values are kept */
export function createSecrets(
  file: string,
  storage: Storage,
  platform: NodeJS.Platform = process.platform,
): Secrets {
  const read = () => File.safeParse(readJson(file)).data ?? {}
  const isAvailable = async () =>
    // On Linux without a keyring Chromium "encrypts" with a key that everybody knows.
    (platform !== 'linux' ||
      !['basic_text', 'unknown'].includes(storage.getSelectedStorageBackend())) &&
    (await storage.isAsyncEncryptionAvailable())
  const set = async (name: string, value: string) => {
    if (!(await isAvailable())) throw new SecretsUnavailable()
    const encrypted = await storage.encryptStringAsync(value)
    writeJson(file, { ...read(), [name]: encrypted.toString('base64') })
  }

  return {
    isAvailable,
    set,
    async get(name) {
      const stored = read()[name]
      if (stored === undefined || !(await isAvailable())) return undefined
      const encrypted = Buffer.from(stored, 'base64')
      const { result, shouldReEncrypt } = await storage.decryptStringAsync(encrypted)
      // The system has changed its key: keep the value under the new one.
      if (shouldReEncrypt) await set(name, result)
      return result
    },
    async remove(name) {
      const { [name]: _removed, ...kept } = read()
      writeJson(file, kept)
    },
  }
}
