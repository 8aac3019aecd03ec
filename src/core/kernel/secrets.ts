/** Passwords and tokens: in the system's safe place where there is one, else in memory until the program ends. */
import type { SecretStore } from './host'

export interface Secrets {
  get(name: string): Promise<string | undefined>
  /** Never rejects for want of a safe place: such a secret is gone when the program ends. */
  set(name: string, value: string): Promise<void>
  remove(name: string): Promise<void>
  /** Where it is: in a safe place, in memory only, or nowhere. */
  whereIs(name: string): Promise<'kept' | 'this_run' | 'missing'>
}

export function createSecrets(store: SecretStore): Secrets {
  const thisRun = new Map<string, string>()
  return {
    get: async (name) => thisRun.get(name) ?? (await store.get(name)),
    async set(name, value) {
      if (await store.isAvailable()) {
        await store.set(name, value)
        thisRun.delete(name)
      } else thisRun.set(name, value)
    },
    async remove(name) {
      thisRun.delete(name)
      await store.remove(name)
    },
    async whereIs(name) {
      if (thisRun.has(name)) return 'this_run'
      return (await store.get(name)) === undefined ? 'missing' : 'kept'
    },
  }
}
