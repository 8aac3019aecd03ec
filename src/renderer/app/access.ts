/** The token a browser page holds: read once from the address, kept for reloads of this tab only. */
import { createStore } from 'zustand/vanilla'

export interface Access {
  token: string | null
  /** The core did not accept the token (any more). */
  refused: boolean
  refuse(): void
  offer(token: string): void
}

const key = 'rapport.token'

/** Takes `#token=T` out of the address, so that it is neither seen, bookmarked nor shared. */
export function createAccess(window: Pick<Window, 'location' | 'history' | 'sessionStorage'>) {
  const { location, history, sessionStorage } = window
  const offered = tokenIn(location.hash)
  if (offered !== null) {
    sessionStorage.setItem(key, offered)
    history.replaceState(null, '', location.pathname + location.search)
  }
  return createStore<Access>((set) => ({
    token: offered ?? sessionStorage.getItem(key),
    refused: false,
    refuse: () => set({ refused: true }),
    offer: (token) => {
      sessionStorage.setItem(key, token)
      set({ token, refused: false })
    },
  }))
}

/** The token in an address' hash (`#token=T`), else null. */
export function tokenIn(hash: string): string | null {
  return new URLSearchParams(hash.replace(/^#\/?\??/, '')).get('token') || null
}
