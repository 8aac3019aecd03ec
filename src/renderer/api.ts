/** What the core can be asked, as the screens call it (see `door.ts` for the way there). */
import { createORPCClient } from '@orpc/client'
import type { ContractRouterClient } from '@orpc/contract'
import { createTanstackQueryUtils } from '@orpc/tanstack-query'
import type { Contract } from '../contract'
import type { Opening } from '../contract/kernel/opening'
import { askAboutClashes } from './app/clashes/asking'
import { settlingClashes } from './app/clashes/settle'
import { askAboutOpenWork, askingAboutOpenWork } from './app/open-work/asking'
import { access, link } from './door'

export type Client = ContractRouterClient<Contract>

/** Plain calls: `await client.leads.get({ id })`. */
export const client: Client = createORPCClient(
  askingAboutOpenWork(settlingClashes(link, askAboutClashes), askAboutOpenWork),
)
/** What takes long before the core can answer; asked of the host, as the core is busy with it. */
export async function askOpening(): Promise<Opening> {
  if (window.rapport) return await window.rapport.opening()
  const { token } = access.getState()
  const response = await fetch(new URL('/opening', window.location.href), {
    headers: token ? { authorization: `Bearer ${token}` } : {},
  })
  if (!response.ok) throw new Error(`The host answered ${response.status}.`)
  return await response.json()
}
/** The same as TanStack Query options: `useQuery(api.leads.get.queryOptions({ input: { id } }))`. */
export const api = createTanstackQueryUtils(client)
