/**
 * No input stops it: every setting and every field of every create and update is given odd values,
 * then every job runs once and the database is opened again. Walks the contract, so that what comes
 * new is tried by itself. `INPUTS=200 npm run unit -- core/inputs` tries every value, SEED others.
 */
import { ORPCError } from '@orpc/server'
import Sqlite from 'better-sqlite3'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { contract } from '../../contract'
import { jobNames } from '../../contract/background/words'
import {
  leavesOf,
  oddValuesFor,
  type Path,
  type Procedure,
  proceduresOf,
  recordNames,
  sampleOf,
  withValue,
} from './inputs'
import { openTestCore, type TestCore } from './testing'

/** How many odd values each field is given; every one of them where there are no more. */
const each = Number(process.env.INPUTS ?? 1)

/** Those that reach out of this machine, replace the database, or never end by design. */
const leftOut =
  /^(database\.(restore|startEmpty|backUp)|changes\.live|mail\.(test|accounts\.test)|notifications\.settings\.test|outbox\.(send|resume)|.*purge)$/

/** Which table holds the records that a field or a procedure is about. */
const tables: readonly [RegExp, string][] = [
  [/^(activities|activityId)/, 'activity'],
  [/template/i, 'template'],
  ...recordNames,
  [/cadence|version/i, 'cadence'],
  [/plan/i, 'plan'],
  [/account|mail/i, 'mail_account'],
  [/field/i, 'custom_field'],
  [/view/i, 'saved_view'],
  [/outbox|message/i, 'email_message'],
]

/** What is no answer of the CRM: a fault of its own. */
const isFault = (error: unknown): boolean => !(error instanceof ORPCError) || error.status >= 500

async function call({ client }: TestCore, { name }: Procedure, input: unknown): Promise<unknown> {
  let at: unknown = client
  for (const key of name.split('.')) at = (at as Record<string, unknown>)[key]
  return (at as (input: unknown) => Promise<unknown>)(input)
}

/** Which places the sample of an input must fill in besides those that its shape requires. */
async function wantedOf(
  crm: TestCore,
  procedure: Procedure,
  make: (wanted: readonly Path[]) => unknown,
): Promise<readonly Path[]> {
  const wanted: Path[] = []
  for (let attempt = 0; attempt < 4; attempt++) {
    try {
      await call(crm, procedure, make(wanted))
      return wanted
    } catch (error) {
      const data = error instanceof ORPCError ? error.data : undefined
      const issues: { path: Path | string }[] = data?.issues ?? []
      const paths = issues.map(({ path }) => (typeof path === 'string' ? path.split('.') : path))
      if (paths.length === 0) return wanted
      wanted.push(...paths)
    }
  }
  return wanted
}

/** Rows for every kind of record, so that there is something to change. */
async function filled(crm: TestCore): Promise<void> {
  const { client } = crm
  await client.settings.sample.load({})
  const { items } = await client.leads.list({ limit: 1 })
  const leadId = items[0]?.id ?? ''
  await client.quotes.create({
    title: 'Desks',
    leadId,
    lines: [{ description: 'Desk', quantity: 2, unitPrice: '250.00', discount: 0 }],
  })
  await client.teams.create({ name: 'North' })
  await client.users.create({ name: 'Riley', role: 'rep' })
  await client.settings.customFields.create({ table: 'lead', label: 'Seats', type: 'text' })
  await client.settings.customFields.create({ table: 'contact', label: 'Seats', type: 'text' })
  await client.settings.views.create({ list: 'leads', name: 'Mine', shared: false, state: {} })
  await client.mail.accounts.create({
    name: 'Mail',
    fromAddress: 'me@example.com',
    host: '127.0.0.1',
    port: 1,
    security: 'none',
  })
  await client.outbox.create({ leadId, subject: 'Hello', body: 'Hello' })
}

async function tryOddValues(
  crm: TestCore,
  seed: number,
): Promise<{ taken: number; faults: string[] }> {
  const reader = new Sqlite(`${crm.directory}/rapport.db`, { readonly: true })
  let asked = 0
  const findIdFor = (procedure: string) => (name: string) => {
    const about = /^ids?$/i.test(name) ? procedure : name
    const table = tables.find(([pattern]) => pattern.test(about))?.[1] ?? 'lead'
    const rows = Number(reader.prepare(`select count(*) from ${table}`).pluck().get())
    const found = reader
      .prepare(`select id from ${table} order by rowid limit 1 offset ?`)
      .pluck()
      .get((seed + asked++) % Math.max(1, rows))
    return String(found ?? '00000000-0000-7000-8000-000000000000')
  }
  const faults: string[] = []
  let taken = 0
  for (const [index, procedure] of proceduresOf(contract)
    .filter(({ name }) => !leftOut.test(name))
    .entries()) {
    const findId = findIdFor(procedure.name)
    const make = (wanted: readonly Path[]) => sampleOf(procedure.input, { findId, wanted })
    const wanted = await wantedOf(crm, procedure, make)
    for (const [place, { path, kind }] of leavesOf(procedure.input).entries()) {
      const values = oddValuesFor(kind)
      const [from, numRuns] = [seed + index * 1000 + place, each]
      const some = fc.sample(fc.constantFrom(...values), { seed: from, numRuns })
      for (const value of each >= values.length ? values : some) {
        try {
          await call(crm, procedure, withValue(make([...wanted, path]), path, value))
          taken++
        } catch (error) {
          if (!isFault(error)) continue
          const cause = error instanceof Error ? (error.cause ?? error) : error
          const shown = JSON.stringify(value)?.slice(0, 80)
          faults.push(
            `${procedure.name} ${path.join('.')} = ${shown}: ${String(cause).slice(0, 300)}`,
          )
        }
      }
    }
  }
  reader.close()
  return { taken, faults }
}

test('no odd value of any field is answered with a fault, and the core works and opens after all of them', {
  timeout: 90_000 * Math.max(1, each),
}, async () => {
  const crm = await openTestCore()
  await filled(crm)
  const seed = Number(process.env.SEED ?? 1)
  const { taken, faults } = await tryOddValues(crm, seed)
  expect(faults, `SEED=${seed}`).toEqual([])
  expect(taken).toBeGreaterThan(100)

  for (const name of jobNames) {
    const { lastRun } = await crm.client.jobs.run({ name })
    expect(lastRun?.error ?? null, `${name}, SEED=${seed}`).toBeNull()
  }
  await crm.core.tick()
  await crm.close()

  // Its own time, as others may be at work on this machine.
  const begun = process.threadCpuUsage()
  const again = await openTestCore({ directory: crm.directory, prepare: false })
  await again.client.users.me()
  const { user, system } = process.threadCpuUsage(begun)
  expect((user + system) / 1000, `SEED=${seed}`).toBeLessThan(1000)
  await again.core.tick()
})
