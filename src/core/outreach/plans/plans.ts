/** Plans: made for leads and contacts, worked step by step, paused, given to others and ended. */
import type { contract } from '../../../contract'
import type { InputOf } from '../../../contract/kernel/base'
import type { CadenceSettings, CadenceStepInput } from '../../../contract/outreach/cadences'
import type { Plan, PlanStep, PlanWithSteps } from '../../../contract/outreach/plans'
import type { WorkingHours } from '../../agenda/working-hours/working-hours'
import type { Actor } from '../../kernel/actor'
import { seesAll } from '../../kernel/authorisation'
import type { Clause } from '../../kernel/database/clause'
import type { Writer } from '../../kernel/database/database'
import {
  fromInstant,
  fromJson,
  toInstant,
  toInstantOrNull,
  toReference,
} from '../../kernel/database/rows'
import { conflict, forbidden, invalid, notFound } from '../../kernel/errors'
import type { Kernel } from '../../kernel/kernel'
import { quoted } from '../../kernel/records/records'
import type { Leads } from '../../records/leads/leads'
import { requireReceivers } from '../../records/links/links'
import type { Activities } from '../../timeline/activities/activities'
import {
  type Cadences,
  defaultSettings,
  scheduleSteps,
  textsOf,
  withSettings,
} from '../cadences/cadences'
import { createAnalytics } from './analytics'
import { createStepCarryOver } from './carry-over'
import { createEnrolment, type Enrolled, messageOf, type PlanSource } from './enrol'
import { createMatching } from './matching'
import { createPlanning, type EmailQueue } from './planning'
import { createProgress } from './progress'
import { createQueue, type RenderTexts } from './queue'
import {
  type PlanRow,
  type PlanStepRow,
  planScope,
  planSource,
  type ShownPlanRow,
  toPlan,
} from './rows'

export type { EmailOfStep, EmailQueue } from './planning'
export type { RenderTexts } from './queue'

export type Plans = ReturnType<typeof createPlans>
type Procedures = (typeof contract)['plans']
type BulkInput = InputOf<Procedures['bulk']>
type SourceInput = {
  cadenceId?: string | undefined
  name?: string | undefined
  steps?: CadenceStepInput[] | undefined
  settings?: { [K in keyof CadenceSettings]?: CadenceSettings[K] | undefined } | undefined
}

export interface PlanOptions {
  cadences: Cadences
  workingHours: WorkingHours
  leads: Pick<Leads, 'idsOf'>
  words: {
    label(list: 'activity_type', name: string): string
    require(list: 'outcome', name: string, field: string): void
  }
  /** Logs an activity without asking which plan it moves on. */
  record: Activities['record']
  /** Without it, texts are shown as they are written. */
  render?: RenderTexts
  /** Without it, automated e-mails are done by a person. */
  emails?: EmailQueue
}

const noRender: RenderTexts = (texts) => ({ ...texts, blanks: [] })
const noEmails: EmailQueue = {
  isReady: () => false,
  isOptedOut: () => false,
  enqueue: () => {},
  withdraw: () => {},
}

const isLive = (row: PlanRow) => row.state !== 'completed' && row.state !== 'aborted'

export function createPlans(kernel: Kernel, options: PlanOptions) {
  const { database, clock, lister } = kernel
  const { cadences, workingHours, render = noRender, emails = noEmails } = options
  const progress = createProgress(kernel, {
    cadences,
    workingHours,
    labelOf: (type) => options.words.label('activity_type', type),
    withdrawEmail: emails.withdraw,
  })
  const matching = createMatching(kernel, progress)
  const enrolment = createEnrolment(kernel, {
    leads: options.leads,
    progress,
    workingHours,
    isOptedOut: emails.isOptedOut,
  })

  // Reading -------------------------------------------------------------------------------------

  const byId = `select ${planSource.select} from plan ${planSource.joins} where plan.id = ?`
  const scoped = (actor: Actor): Clause[] => {
    const scope = planScope(actor)
    return scope ? [scope] : []
  }

  /** @throws not_found also where the actor may not see the plan */
  function requireRow(actor: Actor, id: string): ShownPlanRow {
    const scope = planScope(actor)
    const row = database.get<ShownPlanRow>(
      scope ? `${byId} and ${scope.sql}` : byId,
      id,
      ...(scope?.parameters ?? []),
    )
    if (!row) throw notFound('plan')
    return row
  }

  const shown = (row: ShownPlanRow): Plan => toPlan(row, progress.stepsOf(row))

  function list(actor: Actor, input: InputOf<Procedures['list']>) {
    const extra = scoped(actor)
    const among = (column: string, values: readonly string[] | undefined) => {
      if (values)
        extra.push({
          sql: `${column} in (${values.map(() => '?').join(', ')})`,
          parameters: [...values],
        })
    }
    among('plan.state', input.state)
    among('plan.user_id', input.userId)
    among('plan.cadence_id', input.cadenceId)
    for (const kind of ['lead', 'contact', 'company'] as const) {
      const id = input[`${kind}Id`]
      if (id) extra.push({ sql: `plan.${kind}_id = ?`, parameters: [id] })
    }
    const page = lister.page<ShownPlanRow>(planSource, { ...input, actor }, extra)
    return { items: page.rows.map(shown), nextCursor: page.nextCursor, total: page.total }
  }

  /** With every step: what was done, what is due, and when the rest will be if all goes as planned. */
  function written(id: string): PlanWithSteps {
    const row = database.get<ShownPlanRow>(byId, id) as ShownPlanRow
    return { ...shown(row), steps: [...stepsBehind(row), ...stepsAhead(row)] }
  }

  function stepsBehind(row: ShownPlanRow): PlanStep[] {
    const steps = progress.stepsOf(row)
    return database
      .all<PlanStepRow & { done_by_name: string | null }>(
        `select plan_step.*, user.name as done_by_name from plan_step left join user on user.id = plan_step.done_by
         where plan_id = ? order by position, plan_step.rowid`,
        row.id,
      )
      .map((one) => {
        const step = steps.find(({ id }) => id === one.step_id)
        const texts = step ? textsOf(step, one.variant) : { subject: null, body: null }
        return {
          stepId: one.step_id,
          position: one.position,
          type: one.type,
          automated: one.automated === 1,
          state: one.state,
          variant: one.variant,
          ...texts,
          dueAt: toInstant(one.due_at),
          moved: fromJson(one.moved),
          doneAt: toInstantOrNull(one.done_at),
          doneBy: toReference(one.done_by, one.done_by_name),
          outcome: one.outcome,
          repliedAt: toInstantOrNull(one.replied_at),
          activityId: one.activity_id,
        }
      })
  }

  function stepsAhead(row: ShownPlanRow): PlanStep[] {
    if (!isLive(row)) return []
    const first = row.state === 'not_started' ? 0 : (row.position ?? -1) + 1
    const ahead = progress.stepsOf(row).slice(first)
    const base = row.next_step_due_at ?? (row.state === 'not_started' ? clock.now() : null)
    const dates = base === null ? [] : scheduleSteps(base, ahead, progress.circumstancesOfRow(row))
    return ahead.map((step, index) => ({
      stepId: step.id,
      position: first + index,
      type: step.type,
      automated: step.automated,
      state: 'upcoming',
      variant: null,
      subject: step.subject,
      body: step.body,
      dueAt: toInstantOrNull(dates[index]?.at ?? null),
      moved: dates[index]?.moved ?? [],
      doneAt: null,
      doneBy: null,
      outcome: null,
      repliedAt: null,
      activityId: null,
    }))
  }

  // Making --------------------------------------------------------------------------------------

  function sourceOf(actor: Actor, input: SourceInput, { preview }: { preview: boolean }) {
    if ((input.cadenceId === undefined) === (input.steps === undefined))
      throw invalid('cadenceId', 'give either a cadence or steps')
    if (input.cadenceId !== undefined) {
      const { id, ...found } = preview
        ? cadences.current(actor, input.cadenceId)
        : cadences.requireActive(actor, input.cadenceId)
      return { ...found, cadenceId: id } satisfies PlanSource
    }
    const settings = withSettings(defaultSettings, input.settings)
    return {
      name: input.name ?? 'Own plan',
      cadenceId: null,
      settings,
      version: cadences.ownSteps(input.steps ?? [], settings, clock.now()),
    } satisfies PlanSource
  }

  function simulate(actor: Actor, input: InputOf<Procedures['simulate']>) {
    const source = sourceOf(actor, input, { preview: true })
    const startAt = fromInstant(input.startAt) ?? clock.now()
    return enrolment.simulate(actor, source, { ...input, startAt })
  }

  function createMany(actor: Actor, input: InputOf<Procedures['createMany']>) {
    const source = sourceOf(actor, input, { preview: false })
    const startAt = fromInstant(input.startAt) ?? clock.now()
    const enrolled = enrolment.enrol(actor, source, { ...input, startAt })
    const accepted = enrolled.filter(({ refused }) => refused === undefined)
    const refused = enrolled.flatMap(({ candidate, refused: reason }) =>
      reason
        ? [
            {
              lead: toReference(candidate.leadId, candidate.leadTitle),
              contact: toReference(candidate.contactId, candidate.contactName),
              company: toReference(candidate.companyId, candidate.companyName),
              reason,
              message: messageOf(reason),
            },
          ]
        : [],
    )
    let batchId: string | null = null
    const ids: string[] = []
    const first = accepted[0]?.candidate
    const many = `${accepted.length} ${accepted.length === 1 ? 'lead' : 'leads'}`
    const whom = accepted.length === 1 ? quoted(first?.leadTitle ?? first?.contactName ?? '') : many
    database.act(
      actor,
      {
        label: `Add ${whom} to ${quoted(source.name)}`,
        kind: accepted.length > 1 ? 'bulk' : 'edit',
      },
      (writer) => {
        if (accepted.length === 0) return
        ids.push(...insert(writer, source, accepted, input.start ? startAt : null))
        batchId = writer.batchId
      },
    )
    return { ids, changed: accepted.length, skipped: refused.length, batchId, refused }
  }

  /** @param startAt null where they are only made, and started later */
  function insert(
    writer: Writer,
    source: PlanSource,
    accepted: Enrolled[],
    startAt: number | null,
  ): string[] {
    if (source.cadenceId === null) cadences.insertVersion(writer, source.version)
    return accepted.map(({ candidate, userId, steps }) =>
      progress.create(
        writer,
        {
          ...source,
          leadId: candidate.leadId,
          contactId: candidate.contactId,
          companyId: candidate.companyId,
          userId,
        },
        { startAt, scheduled: steps[0] },
      ),
    )
  }

  function create(
    actor: Actor,
    { leadId, contactId, ...input }: InputOf<Procedures['create']>,
  ): PlanWithSteps {
    if ((leadId === undefined) === (contactId === undefined))
      throw invalid('leadId', 'give either a lead or a contact')
    const target = {
      leadIds: leadId ? [leadId] : [],
      contactIds: contactId ? [contactId] : [],
      companyIds: [],
    }
    const made = createMany(actor, { ...input, target })
    const refused = made.refused[0]
    if (refused?.reason === 'NOT_FOUND') throw notFound(leadId ? 'lead' : 'contact')
    if (refused) {
      const name = refused.lead?.name ?? refused.contact?.name ?? ''
      throw conflict(`${quoted(name)} ${refused.message}.`, { reason: refused.reason })
    }
    return written(made.ids[0] ?? '')
  }

  // Working -------------------------------------------------------------------------------------

  const changes = {
    start: {
      label: 'Start',
      fits: (row: PlanRow) => row.state === 'not_started',
      fault: 'has been started already',
    },
    pause: {
      label: 'Pause',
      fits: (row: PlanRow) => row.state === 'in_progress' || row.state === 'paused',
      fault: 'is not in progress',
    },
    resume: {
      label: 'Resume',
      fits: (row: PlanRow) => row.state === 'paused',
      fault: 'is not paused',
    },
    skip: {
      label: 'Skip a step of',
      fits: (row: PlanRow) => row.state === 'in_progress',
      fault: 'is not in progress',
    },
    abort: { label: 'Stop', fits: isLive, fault: 'is over already' },
    reassign: { label: 'Reassign', fits: isLive, fault: 'is over already' },
    complete: {
      label: 'Complete a step of',
      fits: (row: PlanRow) => row.state === 'in_progress',
      fault: 'is not in progress',
    },
    replied: {
      label: 'Note a reply to',
      fits: (row: PlanRow) => row.state === 'in_progress' || row.state === 'paused',
      fault: 'is not in progress',
    },
  } as const

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
    const shownRow = requireRow(actor, id)
    const { label, fits, fault } = changes[kind]
    const name = shownRow.lead_title ?? shownRow.contact_name ?? shownRow.name
    if (!fits(shownRow))
      throw conflict(`The plan of ${quoted(name)} ${fault}.`, { state: shownRow.state })
    if (stepId !== undefined && stepId !== shownRow.step_id)
      throw conflict(`The plan of ${quoted(name)} is at another step by now.`, {
        stepId: shownRow.step_id,
      })
    database.act(actor, { label: `${label} the plan of ${quoted(name)}` }, (writer) =>
      work(writer, progress.rowOf(id)),
    )
    return written(id)
  }

  function requireFuture(until: string | undefined): number | null {
    const at = fromInstant(until) ?? null
    if (at !== null && at <= clock.now()) throw invalid('until', 'must lie in the future')
    return at
  }

  function requireReceiver(actor: Actor, userId: string) {
    requireReceivers(database, { userId: [userId] })
    if (userId !== actor.userId && !seesAll(actor))
      throw forbidden('Only a manager may give plans to others.')
  }

  function completeStep(
    actor: Actor,
    { id, stepId, occurredAt, ...input }: InputOf<Procedures['completeStep']>,
  ): PlanWithSteps {
    if (input.outcome) options.words.require('outcome', input.outcome, 'outcome')
    return change(actor, { id, stepId }, 'complete', (writer, row) => {
      const at = Math.min(fromInstant(occurredAt) ?? writer.now, writer.now)
      logCurrent(writer, row, { ...input, at })
    })
  }

  /** Logs the activity of the current step and goes on. Answers whether there was one. */
  function logCurrent(
    writer: Writer,
    row: PlanRow,
    {
      at,
      plan: choice,
      ...input
    }: Omit<InputOf<Procedures['completeStep']>, 'id' | 'stepId' | 'occurredAt'> & { at: number },
  ): boolean {
    const step = progress.stepRowOf(row)
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
    matching.outcomeTold(writer, activityId, { choice, except: row.id })
    return true
  }

  function bulk(actor: Actor, { ids, action }: BulkInput) {
    if (action.type === 'reassign') requireReceiver(actor, action.userId)
    const until = action.type === 'pause' ? requireFuture(action.until) : null
    const scope = planScope(actor)
    let changed = 0
    let batchId: string | null = null
    const { label, fits } = changes[action.type]
    database.act(actor, { label: `${label} plans`, kind: 'bulk' }, (writer) => {
      for (const id of new Set(ids)) {
        const row = database.get<PlanRow>(
          `select * from plan where id = ? ${scope ? `and ${scope.sql}` : ''}`,
          id,
          ...(scope?.parameters ?? []),
        )
        if (!row || !fits(row)) continue
        if (action.type === 'start') progress.start(writer, row, writer.now)
        else if (action.type === 'pause') progress.pause(writer, row, until)
        else if (action.type === 'resume') progress.resume(writer, row)
        else if (action.type === 'skip') progress.skip(writer, row)
        else if (action.type === 'abort') progress.end(writer, row, 'by_hand')
        else progress.reassign(writer, row, action.userId)
        changed++
      }
      writer.label = `${label} ${changed} ${changed === 1 ? 'plan' : 'plans'}`
      if (changed > 0) batchId = writer.batchId
    })
    return { changed, skipped: ids.length - changed, batchId }
  }

  function pauseAutomated(writer: Writer): number {
    const rows = database
      .all<PlanRow>(`select * from plan where state in ('in_progress', 'paused')`)
      .filter((row) => progress.stepsOf(row).some(({ automated }) => automated))
    for (const row of rows) progress.pause(writer, row, null)
    return rows.length
  }

  return {
    source: planSource,
    scope: planScope,
    list,
    get: (actor: Actor, id: string) => written(requireRow(actor, id).id),
    simulate,
    create,
    /** Begins a cadence for leads as part of a greater action; whom it does not take is left out. */
    begin(writer: Writer, cadenceId: string, leadIds: string[], startAt: number): void {
      const source = sourceOf(writer.actor, { cadenceId }, { preview: false })
      const target = { leadIds, contactIds: [], companyIds: [] }
      const enrolled = enrolment.enrol(writer.actor, source, { target, startAt })
      insert(
        writer,
        source,
        enrolled.filter(({ refused }) => refused === undefined),
        startAt,
      )
    },
    createMany(actor: Actor, input: InputOf<Procedures['createMany']>) {
      const { ids: _ids, ...result } = createMany(actor, input)
      return result
    },
    start: (actor: Actor, { id, startAt }: InputOf<Procedures['start']>) =>
      change(actor, { id }, 'start', (writer, row) =>
        progress.start(writer, row, fromInstant(startAt) ?? writer.now),
      ),
    pause(actor: Actor, { id, until }: InputOf<Procedures['pause']>) {
      const at = requireFuture(until)
      return change(actor, { id }, 'pause', (writer, row) => progress.pause(writer, row, at))
    },
    resume: (actor: Actor, id: string) => change(actor, { id }, 'resume', progress.resume),
    skip: (actor: Actor, step: InputOf<Procedures['skip']>) =>
      change(actor, step, 'skip', (writer, row) => progress.skip(writer, row)),
    completeStep,
    abort: (actor: Actor, id: string) =>
      change(actor, { id }, 'abort', (writer, row) => progress.end(writer, row, 'by_hand')),
    reassign(actor: Actor, { id, userId }: InputOf<Procedures['reassign']>) {
      requireReceiver(actor, userId)
      return change(actor, { id }, 'reassign', (writer, row) =>
        progress.reassign(writer, row, userId),
      )
    },
    replied: (actor: Actor, { id, at }: InputOf<Procedures['replied']>) =>
      change(actor, { id }, 'replied', (writer, row) =>
        progress.replied(writer, row, Math.min(fromInstant(at) ?? writer.now, writer.now)),
      ),
    bulk,
    completeCurrent: (writer: Writer, id: string) =>
      logCurrent(writer, progress.rowOf(id), { at: writer.now }),
    moveCurrent: (writer: Writer, id: string, at: number) =>
      progress.moveTo(writer, progress.rowOf(id), at),
    movePlans: progress.moveAll,
    ...createAnalytics(kernel, cadences),
    ...matching,
    ...createQueue(kernel, { shown, scoped, stepsOf: progress.stepsOf, render, workingHours }),
    ...createPlanning(kernel, progress, emails),
    /** Pauses every plan that sends e-mails by itself, until somebody resumes it. Answers how many. */
    pauseAutomated,
    carryOverStep: createStepCarryOver(kernel),
  }
}
