/**
 * Passwords and tokens: in the system's safe place where there is one, else in memory until the program
 * ends. Each is kept with what it is for, as rows change by other ways than the doors: an undo, a restored
 * backup, another program. Asked for anything else, there is none.
 */
import * as z from 'zod'
import type { SecretStore } from './host'

export interface Secrets {
  /** @param use what it is for, such as the server that it is shown to */
  get(name: string, use: string): Promise<string | undefined>
  /** Never rejects for want of a safe place: such a secret is gone when the program ends. */
  set(name: string, use: string, value: string): Promise<void>
  remove(name: string): Promise<void>
  /** Where it is: in a safe place, in memory only, or nowhere. */
  whereIs(name: string, use: string): Promise<'kept' | 'this_run' | 'missing'>
}

const Kept = z.object({ use: z.string(), value: z.string() })

export function createSecrets(store: SecretStore): Secrets {
  const thisRun = new Map<string, string>()

  /** The value where it is for this use. One that does not say its use is for none. */
  function valueFor(use: string, text: string | undefined): string | undefined {
    if (text === undefined) return undefined
    try {
      const kept = Kept.parse(JSON.parse(text))
      return kept.use === use ? kept.value : undefined
    } catch {
      return undefined
    }
  }

  return {
    get: async (name, use) => valueFor(use, thisRun.get(name) ?? (await store.get(name))),
    async set(name, use, value) {
      const text = JSON.stringify({ use, value })
      if (await store.isAvailable()) {
        await store.set(name, text)
        thisRun.delete(name)
      } else thisRun.set(name, text)
    },
    async remove(name) {
      thisRun.delete(name)
      await store.remove(name)
    },
    async whereIs(name, use) {
      if (valueFor(use, thisRun.get(name)) !== undefined) return 'this_run'
      return valueFor(use, await store.get(name)) === undefined ? 'missing' : 'kept'
    },
  }
}
