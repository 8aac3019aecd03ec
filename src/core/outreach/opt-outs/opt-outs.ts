/** Opt-outs: who is not written to. Nothing that sends goes around `has`. */
import { asciiAddressPart, asciiDomain } from '../../../contract/kernel/addresses'
import { Email } from '../../../contract/kernel/shapes'
import type { OptOut } from '../../../contract/outreach/opt-outs'
import type { OptOutSource } from '../../../contract/outreach/words'
import type { Actor } from '../../kernel/actor'
import type { SqlValue, Writer } from '../../kernel/database/database'
import { type RowOf, toInstant, toReference } from '../../kernel/database/rows'
import { invalid, notFound } from '../../kernel/errors'
import type { ReplacedDatabase } from '../../kernel/file/replaced'
import type { Kernel } from '../../kernel/kernel'
import { optOut } from './table'

export type OptOuts = ReturnType<typeof createOptOuts>
type OptOutRow = RowOf<typeof optOut> & { user_name: string | null }

/**
 * What two spellings of one mailbox have in common: lower case, the domain in ASCII, and no plus
 * tag. Some servers give `a+b@` to somebody else than `a@`; then one is spared who need not be.
 */
export function mailbox(address: string): string {
  const at = address.lastIndexOf('@')
  const local = address.slice(0, at).trim().normalize('NFC').toLowerCase()
  const domain = asciiDomain(
    address
      .slice(at + 1)
      .trim()
      .toLowerCase(),
  )
  const untagged = local.indexOf('+') > 0 ? local.slice(0, local.indexOf('+')) : local
  return `${untagged}@${domain}`
}

export function createOptOuts({ database, holds }: Kernel) {
  const select = `select opt_out.*, user.name as user_name from opt_out
    left join user on user.id = opt_out.user_id`
  const toShape = (row: OptOutRow): OptOut => ({
    id: row.id,
    address: row.address,
    reason: row.reason,
    source: row.source,
    user: toReference(row.user_id, row.user_name),
    createdAt: toInstant(row.created_at),
  })

  /** Asks the database each time: within a transaction the answer holds until its end. */
  const has = (address: string): boolean =>
    database.get('select 1 from opt_out where address = ?', mailbox(address)) !== undefined

  /** Newest first. */
  function list({
    q,
    limit,
    cursor,
  }: {
    q?: string | undefined
    limit: number
    cursor?: string | undefined
  }) {
    const like = q ? [`%${asciiAddressPart(q).replace(/[\\%_]/g, '\\$&')}%`] : []
    const where = like.length > 0 ? `where address like ? escape '\\'` : 'where 1'
    const after: SqlValue[] = cursor === undefined ? [] : [seqOf(cursor)]
    const rows = database.all<OptOutRow>(
      `${select} ${where} ${after.length > 0 ? 'and opt_out.seq < ?' : ''} order by opt_out.seq desc limit ?`,
      ...like,
      ...after,
      limit + 1,
    )
    const kept = rows.slice(0, limit)
    return {
      items: kept.map(toShape),
      nextCursor: rows.length > limit ? String(kept.at(-1)?.seq) : null,
      total: Number(database.value(`select count(*) from opt_out ${where}`, ...like)),
    }
  }

  /** Answers the id; what is opted out already keeps its first reason. */
  function insert(
    writer: Writer,
    input: { address: string; reason: string | null; source: OptOutSource },
  ): { id: string; added: boolean } {
    const address = mailbox(input.address)
    const known = database.value<string>('select id from opt_out where address = ?', address)
    if (known !== undefined) return { id: known, added: false }
    const id = writer.insert(optOut, { ...input, address, userId: writer.actor.userId })
    return { id, added: true }
  }

  // Not to be undone: no way back leads through another action's undo.
  const kind = 'system' as const

  function add(
    actor: Actor,
    input: { address: string; reason: string | null; source: OptOutSource },
  ): OptOut {
    let id = ''
    database.act(actor, { label: `Opt out ${mailbox(input.address)}`, kind }, (writer) => {
      id = insert(writer, input).id
    })
    holds.leaving()
    return toShape(database.get<OptOutRow>(`${select} where opt_out.id = ?`, id) as OptOutRow)
  }

  function importText(actor: Actor, { text, reason }: { text: string; reason: string | null }) {
    const result = { added: 0, known: 0, unread: [] as string[] }
    const addresses = new Map<string, string>()
    for (const word of text.split(/[\s,;<>"'()]+/)) {
      if (!word.includes('@')) continue
      const address = word.replace(/^mailto:/i, '').replace(/[.:]+$/, '')
      const read = Email.safeParse(address)
      if (read.success) addresses.set(mailbox(read.data), read.data)
      else if (result.unread.length < 100) result.unread.push(word.slice(0, 254))
    }
    database.act(actor, { label: 'Opt out addresses', kind }, (writer) => {
      for (const address of addresses.values()) {
        if (insert(writer, { address, reason, source: 'import' }).added) result.added++
        else result.known++
      }
      writer.label = `Opt out ${result.added} ${result.added === 1 ? 'address' : 'addresses'}`
    })
    holds.leaving()
    return result
  }

  /** Everybody who opted out in a database that lost its place stays opted out. Answers how many are new here. */
  function carryOver(writer: Writer, databases: readonly ReplacedDatabase[]): number {
    let added = 0
    for (const from of databases)
      for (const row of from.all<RowOf<typeof optOut>>('select * from opt_out order by seq')) {
        if (database.get('select 1 from opt_out where address = ?', row.address)) continue
        writer.insert(optOut, {
          address: row.address,
          reason: row.reason,
          source: row.source,
          userId:
            row.user_id !== null && database.get('select 1 from user where id = ?', row.user_id)
              ? row.user_id
              : null,
          createdAt: row.created_at,
        })
        added++
      }
    return added
  }

  function remove(actor: Actor, id: string) {
    const row = database.get<OptOutRow>(`${select} where opt_out.id = ?`, id)
    if (!row) throw notFound('opt-out')
    database.act(actor, { label: `Allow mail to ${row.address} again`, kind }, (writer) => {
      writer.remove(optOut, id)
    })
    return { id }
  }

  return { has, list, add, insert, importText, remove, carryOver }
}

function seqOf(cursor: string): number {
  const seq = Number(cursor)
  if (!Number.isSafeInteger(seq)) throw invalid('cursor', 'must be one that a list answered')
  return seq
}
