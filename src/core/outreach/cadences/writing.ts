/** Cadences are created, changed, copied, deleted and restored; their steps change in versions. */
import { dequal } from 'dequal'
import type { contract } from '../../../contract'
import type { InputOf } from '../../../contract/kernel/base'
import type {
  Cadence,
  CadenceSettings,
  CadenceStep,
  CadenceWithSteps,
} from '../../../contract/outreach/cadences'
import type { Actor } from '../../kernel/actor'
import { seesAll } from '../../kernel/authorisation'
import type { Writer } from '../../kernel/database/database'
import { forbidden } from '../../kernel/errors'
import type { Kernel } from '../../kernel/kernel'
import { quoted } from '../../kernel/records/records'
import type { CadenceChecks } from './checks'
import type { CadenceReading } from './reading'
import { insertReady, readyCadences } from './ready'
import type { CadenceRow } from './rows'
import { defaultSettings, settingsFrom, withIds, withSettings } from './steps'
import { cadence, cadenceVersion } from './table'
import { readVersion, type Version } from './versions'

type Procedures = (typeof contract)['cadences']

export interface CadenceWritingOptions {
  checks: CadenceChecks
  reading: CadenceReading
  /** Moves plans in progress to the new steps. */
  movePlans(writer: Writer, to: Version): void
}

export function createCadenceWriting({ database }: Kernel, options: CadenceWritingOptions) {
  const { reading } = options
  const { records, withSteps } = reading
  const { requireSound, requireOutcomes } = options.checks

  /** Everybody sees and uses all finished cadences; a rep changes those it made. */
  function requireOwn(actor: Actor, id: string): CadenceRow {
    const row = records.requireRow(actor, id)
    if (!seesAll(actor) && row.created_by !== actor.userId)
      throw forbidden('Only who made this cadence or a manager may change it.')
    return row
  }

  function create(actor: Actor, input: InputOf<Procedures['create']>): CadenceWithSteps {
    const { steps, settings, ...plain } = input
    requireSound(steps, input.state)
    requireOutcomes(settings)
    let id = ''
    database.act(actor, { label: `Create cadence ${quoted(input.name)}` }, (writer) => {
      id = insert(writer, {
        ...plain,
        settings: withSettings(defaultSettings, settings),
        steps: withIds(steps, writer.now),
      })
    })
    return withSteps(actor, id)
  }

  function insert(
    writer: Writer,
    {
      steps,
      ...values
    }: {
      name: string
      description?: string | null | undefined
      state: Cadence['state']
      settings: CadenceSettings
      steps: CadenceStep[]
    },
  ): string {
    const id = writer.insert(cadence, { ...values, createdBy: writer.actor.userId })
    writer.insert(cadenceVersion, { cadenceId: id, number: 1, steps })
    return id
  }

  function update(
    actor: Actor,
    { id, settings, ...patch }: InputOf<Procedures['update']>,
  ): CadenceWithSteps {
    const row = requireOwn(actor, id)
    if (patch.state === 'active' && row.state !== 'active')
      requireSound(readVersion(database, row.version_id).steps, 'active')
    requireOutcomes(settings)
    const label =
      patch.state === 'archived' && row.state !== 'archived'
        ? `Archive cadence ${quoted(row.name)}`
        : `Change cadence ${quoted(row.name)}`
    database.act(actor, { label }, (writer) => {
      writer.update(cadence, id, {
        ...patch,
        ...(settings && { settings: withSettings(settingsFrom(row.settings), settings) }),
      })
    })
    return withSteps(actor, id)
  }

  function setSteps(
    actor: Actor,
    { id, steps, updatePlans }: InputOf<Procedures['setSteps']>,
  ): CadenceWithSteps {
    const row = requireOwn(actor, id)
    requireSound(steps, row.state)
    database.act(actor, { label: `Change steps of ${quoted(row.name)}` }, (writer) => {
      const next = withIds(steps, writer.now)
      const isUsed = database.get('select 1 from plan where version_id = ? limit 1', row.version_id)
      if (!isUsed) {
        writer.update(cadenceVersion, row.version_id, { steps: next })
        return
      }
      if (dequal(next, readVersion(database, row.version_id).steps)) return
      const number = row.version + 1
      const versionId = writer.insert(cadenceVersion, { cadenceId: id, number, steps: next })
      if (updatePlans === 'move')
        options.movePlans(writer, {
          id: versionId,
          cadenceId: id,
          number,
          steps: next,
          settings: null,
        })
    })
    return withSteps(actor, id)
  }

  function duplicate(
    actor: Actor,
    { id, name }: InputOf<Procedures['duplicate']>,
  ): CadenceWithSteps {
    const row = records.requireRow(actor, id)
    const { steps } = readVersion(database, row.version_id)
    let copy = ''
    database.act(actor, { label: `Duplicate cadence ${quoted(row.name)}` }, (writer) => {
      const ids = new Map(steps.map((step) => [step.id, writer.newId()]))
      copy = insert(writer, {
        name: name ?? `${row.name.slice(0, 113)} (copy)`,
        description: row.description,
        state: 'draft',
        settings: settingsFrom(row.settings),
        steps: steps.map((step) => ({
          ...step,
          id: ids.get(step.id) ?? step.id,
          branches: step.branches.map((branch) => ({
            ...branch,
            stepId: branch.stepId === null ? null : (ids.get(branch.stepId) ?? null),
          })),
        })),
      })
    })
    return withSteps(actor, copy)
  }

  function addReady(actor: Actor) {
    const missing = readyCadences.filter(
      ({ key }) =>
        !database.get('select 1 from cadence where ready = ? and deleted_at is null', key),
    )
    let batchId: string | null = null
    database.act(actor, { label: 'Add the ready cadences', kind: 'bulk' }, (writer) => {
      for (const ready of missing) insertReady(writer, ready, actor.userId)
      if (missing.length > 0) batchId = writer.batchId
    })
    return { changed: missing.length, skipped: readyCadences.length - missing.length, batchId }
  }

  return {
    create,
    update,
    setSteps,
    duplicate,
    addReady,
    remove(actor: Actor, id: string) {
      requireOwn(actor, id)
      return records.remove(actor, id)
    },
    restore(actor: Actor, id: string): CadenceWithSteps {
      requireOwn(actor, id)
      records.restore(actor, id)
      return withSteps(actor, id)
    },
  }
}
