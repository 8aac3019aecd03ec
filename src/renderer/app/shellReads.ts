/** What the frame around every screen shows when it is first drawn (see `askEarly`). */
import { api } from '../api'
import { storedDrafts } from './drafts/useStoredDrafts'
import { type Read, readOf } from './reads'

export const shellReads: readonly Read[] = [
  readOf(api.users.me.queryOptions()),
  readOf(api.settings.workspace.queryOptions()),
  readOf(storedDrafts),
  readOf(api.settings.preferences.queryOptions()),
  readOf(api.agenda.counts.queryOptions({ input: {} })),
  readOf(api.outbox.status.queryOptions()),
  readOf(api.holds.status.queryOptions()),
]
