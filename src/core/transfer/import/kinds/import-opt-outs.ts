/** People whose row says that they must not be written to. */
import type { Actor } from '../../../kernel/actor'
import { mailbox } from '../../../outreach/opt-outs/opt-outs'
import type { ContactValues } from '../fields/contact-fields'
import type { ReadRecord } from '../runs/read-record'
import type { Run } from '../runs/run'
import { isEmail } from '../values/references'

/** Where addresses go whose people do not want to be written to. */
export interface ImportedOptOuts {
  has(address: string): boolean
  /** Answers how many are new. No undo takes them back. */
  add(actor: Actor, addresses: readonly string[], fileName: string): number
}

export function createOptOutTaker(
  optOuts: ImportedOptOuts,
  { actor, run, fileName }: { actor: Actor; run: Run; fileName: string },
) {
  const { progress } = run
  /** In a check: those that would be new. */
  const wouldOptOut = new Set<string>()

  return function takeOptOuts(records: readonly ReadRecord[]) {
    const addresses = records.flatMap(({ row }) => optedOutOf(row.values))
    if (addresses.length === 0) return
    if (!run.dryRun) {
      progress.optOuts += optOuts.add(actor, addresses, fileName)
      return
    }
    for (const address of addresses) if (!optOuts.has(address)) wouldOptOut.add(mailbox(address))
    progress.optOuts = wouldOptOut.size
  }
}

/** The addresses of a person whose row says that it must not be written to. */
function optedOutOf({ optedOut, email, others }: ContactValues): string[] {
  if (optedOut !== 'yes') return []
  const further = (others ?? []).map(({ value }) => value).filter(isEmail)
  return [...(email === undefined ? [] : [email]), ...further]
}
