/** Ways into the screens that work once, so that the lasting token need not appear in the open. */
import { randomBytes } from 'node:crypto'

export interface Entrances {
  /** A new path, good for one use within a minute. */
  create(): string
  /** Where a path leads if it is an entrance still good; it is not good again. */
  use(path: string): string | undefined
}

const lifetime = 60_000

export function createEntrances(
  token: string,
  now: () => number = () => performance.now(),
): Entrances {
  const expiries = new Map<string, number>()
  return {
    create() {
      const path = `/start/${randomBytes(24).toString('base64url')}`
      expiries.set(path, now() + lifetime)
      return path
    },
    use(path) {
      const expiry = expiries.get(path)
      expiries.delete(path)
      return expiry !== undefined && now() <= expiry ? `/#token=${token}` : undefined
    },
  }
}
