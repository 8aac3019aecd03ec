/** What a person does with plans: starts, pauses, skips, completes, reassigns and stops them, one or many. */
import type { contract } from '../../../contract'
import type { InputOf } from '../../../contract/kernel/base'
import type { PlanWithSteps } from '../../../contract/outreach/plans'
import type { Actor } from '../../kernel/actor'
import type { Writer } from '../../kernel/database/database'
import { fromInstant, toInstant } from '../../kernel/database/rows'
import { conflict, invalid } from '../../kernel/errors'
import type { Kernel } from '../../kernel/kernel'
import { actOnMany } from '../../kernel/records/act-on-many'
import { quoted } from '../../kernel/records/records'
import type { Activities } from '../../timeline/activities/activities'
import { requireOwner } from './enrol'
import type { PlanLookup } from './lookup'
import type { Matching } from './matching'
import type { Progress } from './progress'
import type { PlanReading } from './reading'
import { isLive, type PlanRow, planScope } from './rows'
import type { Waiting } from './waiting'

type Procedures = (typeof contract)['plans']
type ActivityOfStep = Omit<InputOf<Procedures['completeStep']>, 'id' | 'stepId' | 'occurredAt'>

export interface PlanActionOptions {
  lookup: PlanLookup
  reading: PlanReading
  waiting: Waiting
  progress: Progress
  matching: Matching
  requireOutcome(name: string): void
  /** Logs an activity without asking which plan it moves on. */
  record: Activities['record']
}

const isInProgress = (row: PlanRow) => row.state === 'in_progress'
const isStarted = (row: PlanRow) => isInProgress(row) || row.state === 'paused'

/** How each change is called, which plans it fits, and what is wrong with the others. */
const changes = {
  start: {
    label: 'Start',
    fits: (row: PlanRow) => row.state === 'not_started',
    fault: 'has been started already',
  },
  pause: { label: 'Pause', fits: isStarted, fault: 'is not in progress' },
  resume: {
    label: 'Resume',
    fits: (row: PlanRow) => row.state === 'paused',
    fault: 'is not paused',
  },
  skip: { label: 'Skip a step of', fits: isInProgress, fault: 'is not in progress' },
  abort: { label: 'Stop', fits: isLive, fault: 'is over already' },
  reassign: { label: 'Reassign', fits: isLive, fault: 'is over already' },
  complete: { label: 'Complete a step of', fits: isInProgress, fault: 'is not in progress' },
  replied: { label: 'Note a reply to', fits: isStarted, fault: 'is not in progress' },
} as const

export function createPlanActions(kernel: Kernel, options: PlanActionOptions) {
  const { database, clock } = kernel
  const { lookup, reading, waiting, progress, matching } = options

  /**
   * One change of one plan.
   * @throws conflict where its state does not allow it, or a step is named that it does not wait at
   */
  function change(
    actor: Actor,
    { id, stepId }: { id: string; stepId?: string | undefined },
    kind: keyof typeof changes,
    work: (writer: Writer, row: PlanRow) => void,
  ): PlanWithSteps {
    const shownRow = reading.requireRow(actor, id)
    const { label, fits, fault } = changes[kind]
    const name = shownRow.lead_title ?? shownRow.contact_name ?? shownRow.name
    if (!fits(shownRow))
      throw conflict(`The plan of ${quoted(name)} ${fault}.`, { state: shownRow.state })
    if (stepId !== undefined && stepId !== shownRow.step_id)
      throw conflict(`The plan of ${quoted(name)} is at another step by now.`, {
        stepId: shownRow.step_id,
      })
    database.act(actor, { label: `${label} the plan of ${quoted(name)}` }, (writer) =>
      work(writer, lookup.rowOf(id)),
    )
    return reading.written(id)
  }

  function requireFuture(until: string | undefined): number | null {
    const at = fromInstant(until) ?? null
    if (at !== null && at <= clock.now()) throw invalid('until', 'must lie in the future')
    return at
  }

  function completeStep(
    actor: Actor,
    { id, stepId, occurredAt, ...input }: InputOf<Procedures['completeStep']>,
  ): PlanWithSteps {
    if (input.outcome) options.requireOutcome(input.outcome)
    return change(actor, { id, stepId }, 'complete', (writer, row) => {
      const at = Math.min(fromInstant(occurredAt) ?? writer.now, writer.now)
      logCurrent(writer, row, { ...input, at })
    })
  }

  /** Logs the activity of the current step and continues. Answers whether there was one. */
  function logCurrent(
    writer: Writer,
    row: PlanRow,
    { at, plan: choice, ...input }: ActivityOfStep & { at: number },
  ): boolean {
    const step = lookup.storedStepOf(row)
    if (!step || row.state !== 'in_progress') return false
    const activityId = options.record(writer, {
      category: 'manual',
      type: step.type,
      subject: input.subject,
      description: input.description,
      durationMinutes: input.durationMinutes,
      outcome: input.outcome,
      occurredAt: toInstant(at),
      direction: 'outbound',
      leadId: row.lead_id,
      contactId: row.contact_id,
      companyId: row.company_id,
    })
    progress.complete(writer, row, {
      at,
      by: writer.actor.userId,
      outcome: input.outcome ?? null,
      activityId,
      choice,
    })
    matching.outcomeChanged(writer, activityId, { choice, except: row.id })
    return true
  }

  function bulk(actor: Actor, { ids, action }: InputOf<Procedures['bulk']>) {
    if (action.type === 'reassign') requireOwner(database, actor, action.userId)
    const until = action.type === 'pause' ? requireFuture(action.until) : null
    const scope = planScope(actor)
    const { label, fits } = changes[action.type]
    function apply(writer: Writer, id: string): boolean {
      const row = database.get<PlanRow>(
        `select * from plan where id = ? ${scope ? `and ${scope.sql}` : ''}`,
        id,
        ...(scope?.parameters ?? []),
      )
      if (!row || !fits(row)) return false
      if (action.type === 'start') progress.start(writer, row, writer.now)
      else if (action.type === 'pause') waiting.pause(writer, row, until)
      else if (action.type === 'resume') waiting.resume(writer, row)
      else if (action.type === 'skip') progress.skip(writer, row)
      else if (action.type === 'abort') progress.end(writer, row, 'by_hand')
      else waiting.reassign(writer, row, action.userId)
      return true
    }
    return actOnMany(database, actor, ids, {
      apply,
      labelOf: ({ length }) => `${label} ${length} ${length === 1 ? 'plan' : 'plans'}`,
    })
  }

  return {
    start: (actor: Actor, { id, startAt }: InputOf<Procedures['start']>) =>
      change(actor, { id }, 'start', (writer, row) =>
        progress.start(writer, row, fromInstant(startAt) ?? writer.now),
      ),
    pause(actor: Actor, { id, until }: InputOf<Procedures['pause']>) {
      const at = requireFuture(until)
      return change(actor, { id }, 'pause', (writer, row) => waiting.pause(writer, row, at))
    },
    resume: (actor: Actor, id: string) => change(actor, { id }, 'resume', waiting.resume),
    skip: (actor: Actor, step: InputOf<Procedures['skip']>) =>
      change(actor, step, 'skip', progress.skip),
    completeStep,
    abort: (actor: Actor, id: string) =>
      change(actor, { id }, 'abort', (writer, row) => progress.end(writer, row, 'by_hand')),
    reassign(actor: Actor, { id, userId }: InputOf<Procedures['reassign']>) {
      requireOwner(database, actor, userId)
      return change(actor, { id }, 'reassign', (writer, row) =>
        waiting.reassign(writer, row, userId),
      )
    },
    replied: (actor: Actor, { id, at }: InputOf<Procedures['replied']>) =>
      change(actor, { id }, 'replied', (writer, row) =>
        progress.replied(writer, row, Math.min(fromInstant(at) ?? writer.now, writer.now)),
      ),
    bulk,
    completeCurrent: (writer: Writer, id: string) =>
      logCurrent(writer, lookup.rowOf(id), { at: writer.now }),
    moveCurrent: (writer: Writer, id: string, at: number) =>
      waiting.moveTo(writer, lookup.rowOf(id), at),
    /** Pauses every plan that sends e-mails by itself, until somebody resumes it. Answers how many. */
    pauseAutomated(writer: Writer): number {
      const rows = database
        .all<PlanRow>(`select * from plan where state in ('in_progress', 'paused')`)
        .filter((row) => lookup.stepsOf(row).some(({ automated }) => automated))
      for (const row of rows) waiting.pause(writer, row, null)
      return rows.length
    },
  }
}
