/** Cadences: written, changed, put to work and put away; their steps in versions. */

import type { contract } from '../../../contract'
import type { InputOf } from '../../../contract/kernel/base'
import type {
  Cadence,
  CadenceSettings,
  CadenceStep,
  CadenceStepInput,
  CadenceWithSteps,
} from '../../../contract/outreach/cadences'
import type { Actor } from '../../kernel/actor'
import { seesAll } from '../../kernel/authorisation'
import type { Clause } from '../../kernel/database/clause'
import type { Json } from '../../kernel/database/columns'
import type { Writer } from '../../kernel/database/database'
import { newId } from '../../kernel/database/ids'
import {
  fromJson,
  type RowOf,
  toInstant,
  toInstantOrNull,
  toJson,
  toReference,
} from '../../kernel/database/rows'
import { conflict, forbidden, invalid, invalidIssues } from '../../kernel/errors'
import type { Kernel } from '../../kernel/kernel'
import { createRecords, quoted } from '../../kernel/records/records'
import { readyCadences } from './ready'
import { type CadenceRow, newestVersion, source } from './rows'
import { checkSteps, defaultSettings, type StepWords, withIds, withSettings } from './steps'
import { cadence, cadenceVersion } from './table'

export {
  type Circumstances,
  endOfDayOf,
  fitStep,
  type ScheduledStep,
  scheduleStep,
  scheduleSteps,
} from './schedule'
export {
  defaultSettings,
  type Onward,
  onwardFrom,
  onwardOnReply,
  stepAt,
  textsOf,
  variantOf,
  withSettings,
} from './steps'

export type Cadences = ReturnType<typeof createCadences>
type Procedures = (typeof contract)['cadences']

/** Steps as plans follow them. */
export interface Version {
  id: string
  cadenceId: string | null
  number: number
  steps: CadenceStep[]
  /** Only of steps that were never a cadence's. */
  settings: Json<CadenceSettings> | null
}

/** What a new database has. */
export function addReadyCadences(writer: Writer, createdBy: string | null = null): number {
  for (const ready of readyCadences) insertReady(writer, ready, createdBy)
  return readyCadences.length
}

function insertReady(
  writer: Writer,
  { key, steps, ...values }: (typeof readyCadences)[number],
  createdBy: string | null,
) {
  const id = writer.insert(cadence, { ...values, ready: key, state: 'active', createdBy })
  writer.insert(cadenceVersion, { cadenceId: id, number: 1, steps: steps(writer.newId) })
}

export interface CadenceOptions {
  words: { exists(list: 'activity_type' | 'outcome', name: string): boolean }
  /** What is wrong with the placeholders of a text; undefined where nothing is. */
  faultOfText: StepWords['faultOfText']
  /** Brings plans under way to the new steps. */
  movePlans(writer: Writer, to: Version): void
}

/** A draft is nobody's business but its author's, a manager's or an admin's. */
const scope = (actor: Actor): Clause | undefined =>
  seesAll(actor)
    ? undefined
    : {
        sql: `(cadence.state <> 'draft' or cadence.created_by = ?)`,
        parameters: [actor.userId],
      }

export function createCadences(kernel: Kernel, options: CadenceOptions) {
  const { database } = kernel

  const stepWords: StepWords = {
    isType: (name) => options.words.exists('activity_type', name),
    isOutcome: (name) => options.words.exists('outcome', name),
    faultOfText: options.faultOfText,
  }
  const check = (steps: readonly CadenceStepInput[]) => checkSteps(steps, stepWords)

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

  const records = createRecords<CadenceRow, Cadence>(kernel, {
    noun: 'cadence',
    nouns: 'cadences',
    table: cadence,
    source,
    nameOf: (row) => row.name,
    toShape,
    scope,
  })

  /** Everybody sees and uses all finished cadences; a rep changes those it made. */
  function requireOwn(actor: Actor, id: string): CadenceRow {
    const row = records.requireRow(actor, id)
    if (!seesAll(actor) && row.created_by !== actor.userId)
      throw forbidden('Only who made this cadence or a manager may change it.')
    return row
  }

  function withSteps(actor: Actor, id: string): CadenceWithSteps {
    const row = records.requireRow(actor, id)
    const { steps } = version(row.version_id)
    return { ...toShape(row), steps, issues: check(steps) }
  }

  function version(id: string): Version {
    const row = database.get<RowOf<typeof cadenceVersion>>(
      'select * from cadence_version where id = ?',
      id,
    )
    if (!row) throw conflict('The steps of this cadence are missing.')
    return {
      id: row.id,
      cadenceId: row.cadence_id,
      number: row.number,
      steps: fromJson(row.steps),
      settings: row.settings,
    }
  }

  /** @throws invalid naming each step that is wrong, unless it is a draft */
  function requireSound(steps: readonly CadenceStepInput[], state: Cadence['state']) {
    const issues = check(steps)
    // A draft may be unfinished, but never ambiguous.
    const grave = state === 'active' ? issues : issues.filter(({ path }) => path.endsWith('.id'))
    if (grave.length > 0) throw invalidIssues(grave)
  }

  function requireOutcomes(settings: { stopOnOutcomes?: string[] | undefined } | undefined) {
    const unknown = settings?.stopOnOutcomes?.find((name) => !stepWords.isOutcome(name))
    if (unknown !== undefined)
      throw invalid('settings.stopOnOutcomes', `has no outcome called ${unknown}`)
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
      requireSound(version(row.version_id).steps, 'active')
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
      if (JSON.stringify(next) === JSON.stringify(version(row.version_id).steps)) return
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
    const { steps } = version(row.version_id)
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

  /** Steps of one plan's own, as a version without a cadence. @throws invalid naming what is wrong */
  function ownSteps(
    steps: readonly CadenceStepInput[],
    settings: CadenceSettings,
    now: number,
  ): Version {
    requireSound(steps, 'active')
    return {
      id: newId(now),
      cadenceId: null,
      number: 1,
      steps: withIds(steps, now),
      settings: toJson(settings),
    }
  }
  const insertVersion = (writer: Writer, { id, cadenceId, number, steps, settings }: Version) =>
    writer.insert(cadenceVersion, { id, cadenceId, number, steps, settings })

  /** @throws conflict where it takes nobody in */
  function requireActive(actor: Actor, id: string) {
    const row = records.requireRow(actor, id)
    if (row.deleted_at !== null) throw conflict('This cadence is in the trash. Restore it first.')
    if (row.state !== 'active')
      throw conflict(`${quoted(row.name)} is ${row.state}: only an active cadence takes leads in.`)
    return {
      id: row.id,
      name: row.name,
      settings: settingsFrom(row.settings),
      version: version(row.version_id),
    }
  }

  return {
    source,
    check,
    version,
    ownSteps,
    insertVersion,
    requireActive,
    create,
    update,
    setSteps,
    duplicate,
    addReady,
    get: withSteps,
    /** As it is, active or not, for a preview. */
    current(actor: Actor, id: string) {
      const row = records.requireRow(actor, id)
      return {
        id: row.id,
        name: row.name,
        settings: settingsFrom(row.settings),
        version: version(row.version_id),
      }
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
          texts: version(version_id).steps.flatMap((step) =>
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
    settingsOf(cadenceId: string | null, own: string | null): CadenceSettings {
      const stored =
        cadenceId === null
          ? undefined
          : database.value<string>('select settings from cadence where id = ?', cadenceId)
      return settingsFrom(stored ?? own)
    },
    list(actor: Actor, input: InputOf<Procedures['list']>) {
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

/** What is stored, over what a cadence does that says nothing. */
function settingsFrom(stored: string | null | undefined): CadenceSettings {
  const said: Partial<CadenceSettings> = JSON.parse(stored ?? '{}')
  return {
    ...defaultSettings,
    // Stored before outcomes could end a plan: one that goes on after a reply does so after these.
    ...(said.stopOnReply === false && { stopOnOutcomes: [] }),
    ...said,
  }
}
