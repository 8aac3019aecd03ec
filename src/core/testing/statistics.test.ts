/** Every figure against a second, plain count over what is stored, after random work. */
import { join } from 'node:path'
import BetterSqlite3 from 'better-sqlite3'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { moneyFromMinor } from '../../contract/kernel/money'
import type { TestCore } from './testing'
import { openTestCore } from './testing'

const day = 24 * 3_600_000
const tolerance = 5 * 60_000
const currencies = ['USD', 'EUR', 'JPY', 'KWD', 'HUF']

const Step = fc.record({
  act: fc.constantFrom(
    'lead',
    'lead',
    'value',
    'move',
    'move',
    'trash',
    'restore',
    'log',
    'log',
    'plan',
    'complete',
    'drop',
    'owner',
    'undo',
    'wait',
  ),
  which: fc.nat(),
  other: fc.nat(),
  amount: fc.integer({ min: 0, max: 90_000 }),
})
type Step = { act: string; which: number; other: number; amount: number }

const pick = <Item>(items: readonly Item[], index: number): Item | undefined =>
  items.length ? items[index % items.length] : undefined

/** Does what a step says; what cannot be done then is left. */
async function work(crm: TestCore, steps: readonly Step[], people: string[]) {
  const { client, clock } = crm
  const stages = (await client.pipeline.list())[0]?.stages ?? []
  const leads: string[] = []
  const activities: string[] = []
  for (const { act, which, other, amount } of steps) {
    clock.advance(amount * 1000)
    const id = pick(leads, which) ?? ''
    const activity = pick(activities, which) ?? ''
    const ownerId = pick(people, other)
    const currency = pick(currencies, other) ?? 'USD'
    const type = pick(['call', 'note', 'meeting'], other) ?? 'call'
    const value = { amount: String(amount), currency }
    const done = async () => {
      if (act === 'lead')
        leads.push(
          (
            await client.leads.create({
              title: `Lead ${leads.length}`,
              ownerId,
              stageId: pick(stages, which)?.id,
              ...(amount % 3 ? { value } : {}),
              ...(amount % 4 ? {} : { probability: amount % 101 }),
            })
          ).id,
        )
      if (act === 'value') await client.leads.update({ id, value: amount % 5 ? value : null })
      if (act === 'move')
        await client.leads.moveStage({ id, stageId: pick(stages, other)?.id ?? '' })
      if (act === 'trash') await client.leads.remove({ id })
      if (act === 'restore') await client.leads.restore({ id })
      if (act === 'owner') await client.leads.update({ id, ownerId })
      if (act === 'log')
        activities.push(
          (
            await client.activities.create({
              type,
              userId: ownerId,
              ...(id ? { leadId: id } : {}),
              occurredAt: new Date(clock.now() - (amount % 40) * day).toISOString(),
            })
          ).id,
        )
      if (act === 'plan')
        activities.push(
          (
            await client.activities.create({
              type,
              userId: ownerId,
              ...(id ? { leadId: id } : {}),
              scheduledAt: new Date(clock.now() + ((amount % 20) - 4) * day).toISOString(),
            })
          ).id,
        )
      if (act === 'complete') await client.activities.complete({ id: activity })
      if (act === 'drop') await client.activities.remove({ id: activity })
      if (act === 'undo') {
        const batch = pick(await client.changes.batches({ limit: 5 }), which)
        await client.changes.undo({ batchId: batch?.id })
      }
      if (act === 'wait') clock.advance((amount % 12) * day)
    }
    await done().catch((error) => {
      if (!(error.status >= 400 && error.status < 500)) throw error
    })
  }
}

interface LeadRow {
  id: string
  stage_id: string
  kind: string
  status: string
  owner_id: string | null
  value_minor: number | null
  currency: string
  probability: number
  stage_entered_at: number
  rotting_days: number | null
}
interface ActivityRow {
  category: 'manual' | 'system' | 'automated'
  type: string
  user_id: string | null
  lead_id: string | null
  at: number
  open: number
}

/** What is stored and not in the trash, read with nothing that Rapport derives. */
function stored({ directory }: TestCore) {
  const file = new BetterSqlite3(join(directory, 'rapport.db'), { readonly: true })
  const leads = file
    .prepare(
      `select lead.id, stage_id, stage.kind, status, owner_id, value_minor, currency, stage_entered_at,
         stage.rotting_days, coalesce(lead.probability, stage.probability) as probability
       from lead join stage on stage.id = stage_id where lead.deleted_at is null`,
    )
    .all() as LeadRow[]
  const activities = file
    .prepare(
      `select category, type, user_id, lead_id,
         coalesce(occurred_at, completed_at, scheduled_at, due_at, created_at) as at,
         (completed_at is null and occurred_at is null and coalesce(scheduled_at, due_at) is not null) as open
       from activity where deleted_at is null`,
    )
    .all() as ActivityRow[]
  file.close()
  return { leads, activities }
}

const sums = (rows: LeadRow[], of: (row: LeadRow) => number) =>
  [
    ...Map.groupBy(
      rows.filter((row) => row.value_minor !== null),
      (row) => row.currency,
    ),
  ]
    .map(([currency, group]) =>
      moneyFromMinor(Math.round(group.reduce((sum, row) => sum + of(row), 0)), currency),
    )
    .sort((one, other) => one.currency.localeCompare(other.currency))
const byCurrency = (money: { amount: string; currency: string }[]) =>
  money.toSorted((one, other) => one.currency.localeCompare(other.currency))

test('board, overview and statistics agree with a plain count after any work', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(Step, { minLength: 30, maxLength: 90 }), async (steps) => {
      const crm = await openTestCore()
      const { client, clock, owner } = crm
      const rep = await crm.addUser('Riley', 'rep')
      await work(crm, steps, [owner.userId, rep.id])
      const { leads, activities } = stored(crm)
      const now = clock.now()

      const nextOf = (id: string) =>
        activities
          .filter(({ open, lead_id }) => open && lead_id === id)
          .reduce<number | null>((next, { at }) => (next === null || at < next ? at : next), null)
      const lastOf = (id: string) =>
        activities
          .filter((row) => !row.open && row.category !== 'system' && row.lead_id === id)
          .filter(({ at }) => at <= now + tolerance)
          .reduce((last, { at }) => Math.max(last, at), 0)
      for (const [asked, seen] of [
        [client, leads],
        [rep.client, leads.filter(({ owner_id }) => owner_id === rep.id)],
      ] as const) {
        const { stages, total } = await asked.pipeline.overview({})
        for (const totals of stages) {
          const own = seen.filter(({ stage_id }) => stage_id === totals.stageId)
          expect(totals.leads).toBe(own.length)
          expect(byCurrency(totals.value)).toEqual(sums(own, (row) => row.value_minor ?? 0))
          expect(byCurrency(totals.weighted)).toEqual(
            sums(own, (row) => ((row.value_minor ?? 0) * row.probability) / 100),
          )
          const open = own.filter(({ status }) => status === 'open')
          expect(totals.overdue).toBe(
            open.filter(({ id }) => (nextOf(id) ?? Number.POSITIVE_INFINITY) < now).length,
          )
          expect(totals.rotting).toBe(
            open.filter(({ id, rotting_days, stage_entered_at }) => {
              const next = nextOf(id)
              const quiet = Math.max(stage_entered_at, lastOf(id))
              return (
                (next === null || next < now) &&
                rotting_days !== null &&
                quiet < now - rotting_days * day
              )
            }).length,
          )
        }
        expect(total.leads).toBe(seen.length)
        expect(byCurrency(total.value)).toEqual(sums(seen, (row) => row.value_minor ?? 0))
        for (const status of ['open', 'won', 'lost'] as const)
          expect((await asked.leads.list({ status: [status] })).total).toBe(
            seen.filter((row) => row.status === status).length,
          )
      }
      expect(leads.every(({ kind, status }) => kind === status)).toBe(true)

      const dayOf = (instant: number) => new Date(instant).toISOString().slice(0, 10)
      const middle = dayOf(now - 10 * day)
      for (const period of [
        {},
        { from: middle },
        { to: middle },
        { userId: rep.id },
        { userId: rep.id, from: middle },
      ] as { from?: string; to?: string; userId?: string }[]) {
        const counted = activities.filter(
          ({ at, user_id }) =>
            (period.from === undefined || dayOf(at) >= period.from) &&
            (period.to === undefined || dayOf(at) <= period.to) &&
            (period.userId === undefined || user_id === period.userId),
        )
        const stats = await client.activities.stats({ ...period, system: true })
        for (const { category, count } of stats.byCategory)
          expect(count).toBe(counted.filter((row) => row.category === category).length)
        expect(
          new Map(stats.byType.map(({ category, type, count }) => [`${category} ${type}`, count])),
        ).toEqual(
          new Map(
            [...Map.groupBy(counted, ({ category, type }) => `${category} ${type}`)].map(
              ([key, rows]) => [key, rows.length],
            ),
          ),
        )
        const people = Map.groupBy(
          counted.filter(({ category, user_id }) => category === 'manual' && user_id),
          ({ user_id }) => user_id,
        )
        expect(
          new Map(stats.byUser.map(({ user, count, lastAt }) => [user.id, [count, lastAt]])),
        ).toEqual(
          new Map(
            [...people].map(([id, rows]) => {
              const done = rows.filter(({ open, at }) => !open && at <= now + tolerance)
              const last = Math.max(...done.map(({ at }) => at))
              return [id, [rows.length, done.length ? new Date(last).toISOString() : null]]
            }),
          ),
        )
      }
      await crm.close()
    }),
    { numRuns: Number(process.env.RUNS ?? 6) },
  )
})
