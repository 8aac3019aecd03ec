/** Global search: names that begin with the words first, then the newest matches of each kind. */
import { fold } from '../../../contract/kernel/fold'
import { type RecordKind, recordKinds } from '../../../contract/kernel/words'
import type { SearchHit } from '../../../contract/records/search'
import type { Actor } from '../../kernel/actor'
import { toInstant } from '../../kernel/database/rows'
import { searchExpression } from '../../kernel/fields/list'
import type { Kernel } from '../../kernel/kernel'
import type { RowScope } from '../../kernel/records/write-rights'

export type Search = ReturnType<typeof createSearch>

interface Found {
  seq: number
  id: string
  title: string
  subtitle: string | null
  body: string | null
  parent_kind: RecordKind | null
  parent_id: string | null
  parent_name: string | null
  at: number
}

interface Kind {
  select: string
  joins: string
  /** Folded column whose beginning counts most. */
  name?: string
}

const noParent = 'null as parent_kind, null as parent_id, null as parent_name'
const kinds: Record<RecordKind, Kind> = {
  company: {
    select: `company.name as title, coalesce(company.domain, company.industry) as subtitle, company.description as body, ${noParent}, company.updated_at as at`,
    joins: '',
    name: 'company.name_folded',
  },
  contact: {
    select: `contact.name as title, concat_ws(' · ', contact.job_title, company.name, contact.email) as subtitle, contact.description as body, ${noParent}, contact.updated_at as at`,
    joins: 'left join company on company.id = contact.company_id',
    name: 'contact.name_folded',
  },
  lead: {
    select: `lead.title as title, concat_ws(' · ', company.name, stage.name) as subtitle, lead.description as body, ${noParent}, lead.updated_at as at`,
    joins:
      'join stage on stage.id = lead.stage_id left join company on company.id = lead.company_id',
    name: 'lead.title_folded',
  },
  customer: {
    select: `customer.name as title, company.name as subtitle, customer.description as body, ${noParent}, customer.updated_at as at`,
    joins: 'left join company on company.id = customer.company_id',
    name: 'customer.name_folded',
  },
  quote: {
    select: `quote.number || ' ' || quote.title as title, lead.title as subtitle, quote.notes as body, 'lead' as parent_kind, lead.id as parent_id, lead.title as parent_name, quote.updated_at as at`,
    joins: 'join lead on lead.id = quote.lead_id',
  },
  task: {
    select: `task.title as title, concat_ws(' · ', assignee.name, replace(task.status, '_', ' ')) as subtitle, task.description as body,
      case when lead.id is not null then 'lead' when customer.id is not null then 'customer' when contact.id is not null then 'contact' when company.id is not null then 'company' end as parent_kind,
      coalesce(lead.id, customer.id, contact.id, company.id) as parent_id,
      coalesce(lead.title, customer.name, contact.name, company.name) as parent_name, task.updated_at as at`,
    joins: `left join lead on lead.id = task.lead_id left join customer on customer.id = task.customer_id
      left join contact on contact.id = task.contact_id left join company on company.id = task.company_id
      left join user assignee on assignee.id = task.assignee_id`,
  },
  activity: {
    select: `coalesce(activity.subject, activity.type) as title, person.name as subtitle, activity.description as body,
      case when lead.id is not null then 'lead' when customer.id is not null then 'customer' when contact.id is not null then 'contact' when company.id is not null then 'company' end as parent_kind,
      coalesce(lead.id, customer.id, contact.id, company.id) as parent_id,
      coalesce(lead.title, customer.name, contact.name, company.name) as parent_name, activity.at as at`,
    joins: `left join lead on lead.id = activity.lead_id left join customer on customer.id = activity.customer_id
      left join contact on contact.id = activity.contact_id left join company on company.id = activity.company_id
      left join user person on person.id = activity.user_id`,
  },
}

/** @param scopes the rows of each kind that an actor may see */
export function createSearch(
  { database, workspace }: Kernel,
  scopes: Record<RecordKind, RowScope>,
) {
  function matches(actor: Actor, kind: RecordKind, expression: string, limit: number): Found[] {
    const { select, joins } = kinds[kind]
    const scope = scopes[kind](actor)
    return database.all<Found>(
      // Newest first walks the index backwards and stops early; a ranking would read every match.
      `select ${kind}.seq, ${kind}.id, ${select} from ${kind}_search
       join ${kind} on ${kind}.seq = ${kind}_search.rowid ${joins}
       where ${kind}_search match ? and ${kind}.deleted_at is null ${scope ? `and ${scope.sql}` : ''}
       order by ${kind}_search.rowid desc limit ${limit}`,
      expression,
      ...(scope?.parameters ?? []),
    )
  }

  function namesBeginningWith(
    actor: Actor,
    kind: RecordKind,
    text: string,
    limit: number,
  ): Found[] {
    const { select, joins, name } = kinds[kind]
    if (!name) return []
    const scope = scopes[kind](actor)
    return database.all<Found>(
      `select ${kind}.seq, ${kind}.id, ${select} from ${kind} ${joins}
       where ${name} >= ? and ${name} < ? and ${kind}.deleted_at is null
         ${scope ? `and ${scope.sql}` : ''}
       order by ${name} limit ${limit}`,
      fold(text),
      `${fold(text)}\u{10ffff}`,
      ...(scope?.parameters ?? []),
    )
  }

  /** @returns at most `limit` hits, at most a third of them notes unless asked for notes alone */
  function search(
    actor: Actor,
    input: { q: string; kind?: RecordKind[] | undefined; limit: number },
  ): SearchHit[] {
    const expression = searchExpression(input.q, workspace.country())
    if (!expression) return []
    const wanted = input.kind ?? recordKinds
    const words = fold(input.q).match(/[\p{L}\p{N}]+/gu) ?? []
    // A single letter names too many notes for any of them to be the one meant.
    const shown = wanted.filter(
      (kind) => kind !== 'activity' || words.some((word) => word.length > 1),
    )
    const perKind = shown.length === 1 ? input.limit : Math.max(3, Math.ceil(input.limit / 3))
    const first: SearchHit[] = []
    const rest: SearchHit[] = []
    for (const kind of shown) {
      const begins = namesBeginningWith(actor, kind, input.q.trim(), perKind)
      const known = new Set(begins.map((row) => row.id))
      first.push(...begins.map((row) => toHit(kind, row, words)))
      const others = matches(actor, kind, expression, perKind).filter((row) => !known.has(row.id))
      rest.push(...others.slice(0, perKind - begins.length).map((row) => toHit(kind, row, words)))
    }
    return [...first, ...rest].slice(0, input.limit)
  }

  return {
    search,
    /** A record by its id; null where the actor sees none, or it is in the trash. */
    nameOf(actor: Actor, kind: RecordKind, id: string | undefined) {
      if (!id) return null
      const { select, joins } = kinds[kind]
      const scope = scopes[kind](actor, 'one')
      const row = database.get<Found>(
        `select ${kind}.seq, ${kind}.id, ${select} from ${kind} ${joins}
         where ${kind}.id = ? and ${kind}.deleted_at is null ${scope ? `and ${scope.sql}` : ''}`,
        id,
        ...(scope?.parameters ?? []),
      )
      return row ? { id: row.id, name: row.title } : null
    },
    /** Records of a kind whose names begin so, in the order of their names. */
    named: (actor: Actor, kind: RecordKind, text: string, limit: number) =>
      namesBeginningWith(actor, kind, text, limit).map(({ id, title }) => ({ id, name: title })),
  }
}

function toHit(kind: RecordKind, row: Found, words: string[]): SearchHit {
  return {
    kind,
    id: row.id,
    title: row.title,
    subtitle: row.subtitle || null,
    snippet: row.body ? snippet(row.body, words) : null,
    parent:
      row.parent_kind && row.parent_id
        ? { kind: row.parent_kind, id: row.parent_id, name: row.parent_name ?? '' }
        : null,
    at: toInstant(row.at),
  }
}

/** About 160 characters around the first match, matches between U+0002 and U+0003; null without any. */
export function snippet(text: string, words: string[]): string | null {
  const targets = [...new Set(words.map(fold))]
  const tokens = [...text.slice(0, 20_000).matchAll(/[\p{L}\p{M}\p{N}]+/gu)]
  const hit = (token: string) => {
    const folded = fold(token)
    return targets.some((target) => folded.startsWith(target))
  }
  const first = tokens.find((token) => hit(token[0]))
  if (!first) return null
  const start = Math.max(0, first.index - 60)
  const end = Math.min(text.length, start + 160)
  let marked = ''
  let from = start
  for (const token of tokens) {
    if (token.index < start || token.index + token[0].length > end || !hit(token[0])) continue
    marked += `${text.slice(from, token.index)}\u0002${token[0]}\u0003`
    from = token.index + token[0].length
  }
  marked += text.slice(from, end)
  return `${start > 0 ? '…' : ''}${marked.replace(/\s+/g, ' ').trim()}${end < text.length ? '…' : ''}`
}
