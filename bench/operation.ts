/** One thing that is measured, and what it calls. */
import type { ContractRouterClient } from '@orpc/contract'
import type { Contract } from '../src/contract'

export type Client = ContractRouterClient<Contract>

export interface Operation {
  name: string
  /** Reports have a second, everything else one frame. */
  kind: 'read' | 'write' | 'report' | 'bulk'
  /** What a round needs to be there first; not timed. */
  prepare?(round: number): Promise<unknown>
  run(round: number): Promise<unknown>
}
