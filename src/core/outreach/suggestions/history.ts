/**
 * What the user's own past says: which step after which, how much later, was followed by an answer
 * or a step forward. Counted over pairs of steps on the same lead.
 */
import type { SuggestionEvidence } from '../../../contract/outreach/suggestions'
import type { Kernel } from '../../kernel/kernel'
import { rateOf } from '../../kernel/rates'

const day = 86_400_000
/** An answer this long after a step counts as one to it. */
const answerDays = 14
/** Fewer cases than this say nothing. */
const fewest = 10
/** How many cases the user's overall rate weighs in each single rate: a Beta prior of this strength. */
const priorCases = 4
/** Delays are grouped as up to so many days. */
const delays = [1, 2, 4, 7, 14] as const
/** As far back as the past is like the present. */
const yearsBack = 2
const hourInMilliseconds = 3_600_000

export interface Next {
  type: string
  days: number
  evidence: SuggestionEvidence
}

interface PairRow {
  industry: string | null
  source: string | null
  first: string
  second: string
  delay: number
  cases: number
  answered: number
}

interface Count {
  cases: number
  answered: number
}

interface Situation {
  industry: string | null
  source: string | null
  /** Of the last step. */
  type: string
}

const levels: { alike: SuggestionEvidence['alike']; keyOf(s: Situation): string | undefined }[] = [
  {
    alike: ['industry', 'source', 'type'],
    keyOf: ({ industry, source, type }) =>
      industry && source ? JSON.stringify([industry, source, type]) : undefined,
  },
  {
    alike: ['industry', 'type'],
    keyOf: ({ industry, type }) => (industry ? JSON.stringify([industry, 0, type]) : undefined),
  },
  {
    alike: ['source', 'type'],
    keyOf: ({ source, type }) => (source ? JSON.stringify([0, source, type]) : undefined),
  },
  { alike: ['type'], keyOf: ({ type }) => JSON.stringify([0, 0, type]) },
]

export function createHistory({ database, clock }: Kernel) {
  interface Known {
    at: number
    overall: Count
    /** Situation → next type and delay → counts. */
    counts: Map<string, Map<string, Count>>
  }
  const knownByUser = new Map<string, Known>()

  /** Read once an hour for a user: the past does not change faster. */
  function knownOf(userId: string): Known {
    const now = clock.now()
    const known = knownByUser.get(userId)
    if (known && now >= known.at && now - known.at < hourInMilliseconds) return known
    const read = readPairs(userId, now)
    knownByUser.set(userId, read)
    return read
  }

  function readPairs(userId: string, now: number): Known {
    const since = now - yearsBack * 365 * day
    const rows = database.prepare(pairsSql).all({ user: userId, since, now }) as PairRow[]
    const known: Known = { at: now, overall: { cases: 0, answered: 0 }, counts: new Map() }
    for (const row of rows) {
      known.overall.cases += row.cases
      known.overall.answered += row.answered
      const situation = { industry: row.industry, source: row.source, type: row.first }
      for (const { keyOf } of levels) {
        const key = keyOf(situation)
        if (key === undefined) continue
        const nexts = known.counts.get(key) ?? new Map<string, Count>()
        known.counts.set(key, nexts)
        const next = `${row.second} ${row.delay}`
        const count = nexts.get(next) ?? { cases: 0, answered: 0 }
        count.cases += row.cases
        count.answered += row.answered
        nexts.set(next, count)
      }
    }
    return known
  }

  function evidenceOf(
    { cases, answered }: Count,
    alike: SuggestionEvidence['alike'],
    overall: Count,
  ): SuggestionEvidence {
    const prior = overall.cases > 0 ? overall.answered / overall.cases : 0
    const { rate, low, high } = rateOf(answered + priorCases * prior, cases + priorCases)
    return { enough: cases >= fewest, alike, cases, answered, rate, low, high }
  }

  /**
   * The next step that did best where the past is alike enough, and has enough cases; undefined
   * where it has not.
   */
  function bestNext(userId: string, situation: Situation): Next | undefined {
    const { counts, overall } = knownOf(userId)
    for (const { alike, keyOf } of levels) {
      const nexts = counts.get(keyOf(situation) ?? '')
      const best = [...(nexts ?? [])]
        .map(([next, count]) => {
          const [type = '', days] = next.split(' ')
          return { type, days: Number(days), evidence: evidenceOf(count, alike, overall) }
        })
        .filter(({ evidence }) => evidence.enough && evidence.answered > 0)
        .sort((one, other) => (other.evidence.low ?? 0) - (one.evidence.low ?? 0))[0]
      if (best) return best
    }
    return undefined
  }

  /** What the past says of one next step, whatever its delay: how few the cases are, where they are few. */
  function evidenceFor(userId: string, situation: Situation, nextType: string): SuggestionEvidence {
    const { counts, overall } = knownOf(userId)
    let evidence = evidenceOf({ cases: 0, answered: 0 }, ['type'], overall)
    for (const { alike, keyOf } of levels) {
      const nexts = counts.get(keyOf(situation) ?? '')
      const sum: Count = { cases: 0, answered: 0 }
      for (const [next, count] of nexts ?? [])
        if (next.startsWith(`${nextType} `)) {
          sum.cases += count.cases
          sum.answered += count.answered
        }
      evidence = evidenceOf(sum, alike, overall)
      if (evidence.enough) return evidence
    }
    return evidence
  }

  return { bestNext, evidenceFor }
}

const positive = `('interested', 'callback_requested', 'demo_scheduled', 'converted', 'successful')`
const isAnswer = (name: string) =>
  `(${name}.type = 'email_received' or ${name}.direction = 'inbound' or (${name}.category = 'manual' and ${name}.outcome in ${positive}))`
const isForward = (name: string) => `(${name}.type = 'stage_changed' and exists (
  select 1 from stage before, stage after where before.id = ${name}.metadata ->> '$.old'
    and after.id = ${name}.metadata ->> '$.new' and after.kind <> 'lost' and after.position > before.position))`

/** Pairs of the user's own outbound steps on a lead, and whether the second was answered in time. */
const pairsSql = `with step as (
    select activity.lead_id, iif(type = 'email_sent', 'email', type) as type, at,
      lag(iif(type = 'email_sent', 'email', type)) over of_lead as first,
      lag(at) over of_lead as first_at,
      activity.outcome in ${positive} as went_well
    from activity
    where user_id = @user and at >= @since and at <= @now and lead_id is not null and deleted_at is null
      and open_at is null and direction is not 'inbound' and type not in ('note', 'task')
      and (category = 'manual' or type = 'email_sent')
    window of_lead as (partition by lead_id order by at, seq))
  select company.industry, lead.source, step.first, step.type as second,
    case ${delays.map((days) => `when step.at - step.first_at <= ${days * day} then ${days}`).join(' ')} else 30 end as delay,
    count(*) as cases,
    sum(coalesce(step.went_well, 0) or exists (select 1 from activity later
      where later.lead_id = step.lead_id and later.at > step.at and later.at <= step.at + ${answerDays * day}
        and later.deleted_at is null and (${isAnswer('later')} or ${isForward('later')}))) as answered
  from step join lead on lead.id = step.lead_id left join company on company.id = lead.company_id
  where step.first is not null and step.at - step.first_at <= ${60 * day}
    and step.at <= @now - ${answerDays * day}
  group by company.industry, lead.source, step.first, step.type, delay`
