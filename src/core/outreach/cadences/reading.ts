/** Cadences as they are read: lists, one with its steps, and what a plan starts with. */
import type { contract } from '../../../contract'
import type { InputOf } from '../../../contract/kernel/base'
import type { Cadence, CadenceWithSteps } from '../../../contract/outreach/cadences'
import type { Actor } from '../../kernel/actor'
import { seesAll } from '../../kernel/authorisation'
import type { Clause } from '../../kernel/database/clause'
import { toInstant, toInstantOrNull, toReference } from '../../kernel/database/rows'
import { conflict } from '../../kernel/errors'
import type { Kernel } from '../../kernel/kernel'
import { createRecords, quoted } from '../../kernel/records/records'
import type { CadenceChecks } from './checks'
import { type CadenceRow, newestVersion, source } from './rows'
import { settingsFrom } from './steps'
import { cadence } from './table'
import { readVersion } from './versions'

export type CadenceReading = ReturnType<typeof createCadenceReading>
type ListInput = InputOf<(typeof contract)['cadences']['list']>

/** Drafts are seen by their author, managers and admins only. */
const scope = (actor: Actor): Clause | undefined =>
  seesAll(actor)
    ? undefined
    : {
        sql: `(cadence.state <> 'draft' or cadence.created_by = ?)`,
        parameters: [actor.userId],
      }

const toShape = (row: CadenceRow): Cadence => ({
  id: row.id,
  name: row.name,
  description: row.description,
  state: row.state,
  settings: settingsFrom(row.settings),
  version: row.version,
  stepCount: row.step_count,
  activePlans: row.active_plans,
  createdBy: toReference(row.created_by, row.created_by_name),
  createdAt: toInstant(row.created_at),
  updatedAt: toInstant(row.updated_at),
  deletedAt: toInstantOrNull(row.deleted_at),
})

export function createCadenceReading(kernel: Kernel, { check }: CadenceChecks) {
  const { database } = kernel

  const records = createRecords<CadenceRow, Cadence>(kernel, {
    noun: 'cadence',
    nouns: 'cadences',
    table: cadence,
    source,
    nameOf: (row) => row.name,
    toShape,
    scope,
  })

  function withSteps(actor: Actor, id: string): CadenceWithSteps {
    const row = records.requireRow(actor, id)
    const { steps } = readVersion(database, row.version_id)
    return { ...toShape(row), steps, issues: check(steps) }
  }

  const startOf = (row: CadenceRow) => ({
    id: row.id,
    name: row.name,
    settings: settingsFrom(row.settings),
    version: readVersion(database, row.version_id),
  })

  /** @throws conflict where it takes nobody in */
  function requireActive(actor: Actor, id: string) {
    const row = records.requireRow(actor, id)
    if (row.deleted_at !== null) throw conflict('This cadence is in the trash. Restore it first.')
    if (row.state !== 'active')
      throw conflict(`${quoted(row.name)} is ${row.state}: only an active cadence takes leads in.`)
    return startOf(row)
  }

  return {
    records,
    withSteps,
    requireActive,
    /** As it is, active or not, for a preview. */
    current: (actor: Actor, id: string) => startOf(records.requireRow(actor, id)),
    list(actor: Actor, input: ListInput) {
      const extra: Clause[] = input.state
        ? [
            {
              sql: `cadence.state in (${input.state.map(() => '?').join(', ')})`,
              parameters: [...input.state],
            },
          ]
        : []
      return records.list(actor, input, extra)
    },
    /** What the steps say, of every cadence that is not in the trash, as they are now. */
    texts: (actor: Actor) =>
      database
        .all<{ id: string; name: string; version_id: string }>(
          `select cadence.id, cadence.name, version.id as version_id from cadence ${newestVersion}
           where cadence.deleted_at is null`,
        )
        .map(({ id, name, version_id }) => ({
          name: records.isThere(actor, id) ? name : 'a draft of somebody else',
          texts: readVersion(database, version_id).steps.flatMap((step) =>
            [step, ...step.variants].flatMap(({ subject, body }) => [subject, body]),
          ),
        })),
    /** Of all that the actor sees and that are not in the trash, by name. */
    ids(actor: Actor) {
      const seen = scope(actor)
      return database
        .all<{ id: string }>(
          `select id from cadence where deleted_at is null ${seen ? `and ${seen.sql}` : ''}
           order by name collate nocase, seq`,
          ...(seen?.parameters ?? []),
        )
        .map(({ id }) => id)
    },
  }
}
