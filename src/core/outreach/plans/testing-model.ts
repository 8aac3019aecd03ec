/** A simple model of plans, kept in memory: what tests hold the real ones against. */

import type { PlanChoice } from '../../../contract/kernel/words'
import type { CadenceSettings, CadenceStep } from '../../../contract/outreach/cadences'
import type { WorkingTime } from '../../agenda/working-hours/working-hours'
import { fitStep, scheduleStep } from '../cadences/cadences'

export interface ModelCadence {
  id: string
  version: number
  steps: CadenceStep[]
  settings: CadenceSettings
}

export interface ModelPlan {
  id: string
  cadenceId: string
  lead: number
  /** Who works it, by the place among the users. */
  user: number
  version: number
  steps: CadenceStep[]
  state: 'not_started' | 'in_progress' | 'paused' | 'completed' | 'aborted'
  ending: string | null
  /** Step id → its place; each at most once. */
  ran: Record<string, 'open' | 'queued' | 'done' | 'skipped' | 'cancelled'>
  current: string | null
  /** Whether the program does the current step; a person does what could not be sent. */
  automated: boolean
  /** The step that was done last. */
  last: string | null
  base: number
  /** When the current step is due, also while it waits in the outbox or its plan pauses. */
  stepDue: number
  due: number | null
  late: number
  remaining: number
  until: number | null
  replied: boolean
  started: number
}

export interface Model {
  cadences: ModelCadence[]
  plans: ModelPlan[]
  leads: { id: string; contactId: string; zone: string; status: 'open' | 'won'; owner: number }[]
  /** Of each user; the first is in the zone of the workspace. */
  zones: string[]
  /** Steps whose e-mail went out: "plan step". */
  sent: string[]
  daysOff: string[]
}

const office = [{ from: '09:00', to: '17:00' }]

/** Everything the real program does to plans, on plain objects. */
export function createModel(model: Model) {
  const timeOf = (user: number): WorkingTime => ({
    zone: model.zones[user] ?? 'UTC',
    hours: [office, office, office, office, office, [], []],
    dayOff: (date) => (model.daysOff.includes(date) ? 'Day off' : undefined),
  })
  const cadenceOf = (plan: ModelPlan) =>
    model.cadences.find(({ id }) => id === plan.cadenceId) as ModelCadence
  const around = (plan: ModelPlan) => ({
    user: timeOf(plan.user),
    contactZone: model.leads[plan.lead]?.zone ?? 'UTC',
    workingTimeOnly: cadenceOf(plan).settings.workingTimeOnly,
  })
  const stepOf = (plan: ModelPlan) => plan.steps.find(({ id }) => id === plan.current)
  const placeOf = (plan: ModelPlan) => plan.steps.findIndex(({ id }) => id === plan.current)

  function settle(plan: ModelPlan, { at, lateAfter }: { at: number; lateAfter: number }) {
    plan.state = 'in_progress'
    plan.stepDue = at
    plan.due = at
    plan.late = lateAfter
    plan.until = null
    plan.automated = stepOf(plan)?.automated ?? false
    if (plan.current) plan.ran[plan.current] = 'open'
  }

  function goTo(plan: ModelPlan, place: number, base: number) {
    const step = plan.steps.find(({ id }, index) => index >= place && !(id in plan.ran))
    if (!step) return end(plan, 'finished')
    plan.current = step.id
    plan.base = base
    settle(plan, scheduleStep(base, step, around(plan)))
  }

  function end(plan: ModelPlan, ending: string) {
    if (plan.current && isWaiting(plan)) plan.ran[plan.current] = 'cancelled'
    plan.state = ['finished', 'replied', 'branch', 'lead_won'].includes(ending)
      ? 'completed'
      : 'aborted'
    plan.ending = ending
    plan.current = null
    plan.due = null
    plan.until = null
  }

  const isWaiting = ({ current, ran }: ModelPlan) =>
    current !== null && (ran[current] === 'open' || ran[current] === 'queued')
  const isQueued = ({ current, ran }: ModelPlan) => current !== null && ran[current] === 'queued'

  function afterStep(plan: ModelPlan, place: number, outcome: string | null, at: number) {
    for (const branch of plan.steps[place]?.branches ?? []) {
      const holds =
        branch.when === 'outcome'
          ? outcome !== null && branch.outcomes.includes(outcome)
          : plan.replied === (branch.when === 'replied')
      if (!holds) continue
      if (branch.go === 'end') return end(plan, 'branch')
      if (branch.go === 'skip_next') return goTo(plan, place + 2, at)
      const target = plan.steps.findIndex(({ id }) => id === branch.stepId)
      return goTo(plan, target > place ? target : place + 1, at)
    }
    return goTo(plan, place + 1, at)
  }

  const isAnswer = (plan: ModelPlan, outcome: string | null) =>
    outcome !== null && cadenceOf(plan).settings.stopOnOutcomes.includes(outcome)

  function complete(
    plan: ModelPlan,
    outcome: string | null,
    { at, choice }: { at: number; choice?: PlanChoice | undefined },
  ) {
    const place = placeOf(plan)
    const isDecided = plan.steps[place]?.branches.some(
      ({ when, outcomes }) => when === 'outcome' && outcomes.includes(outcome ?? ''),
    )
    if (plan.current) plan.ran[plan.current] = 'done'
    plan.last = plan.current
    const answers = isAnswer(plan, outcome)
    if (answers) plan.replied = true
    if (choice === 'stop' || (!choice && answers && !isDecided))
      end(plan, answers ? 'replied' : 'by_hand')
    else afterStep(plan, place, outcome, at)
  }

  /** An answer to one is one to every plan of the lead. */
  function hear(
    lead: number,
    outcome: string | null,
    {
      at,
      choice,
      except,
    }: { at: number; choice?: PlanChoice | undefined; except: ModelPlan | undefined },
  ) {
    for (const plan of model.plans) {
      if (plan === except || !isReached(plan, lead, at) || outcome === null) continue
      if (isAnswer(plan, outcome)) answer(plan, at, choice !== 'continue')
      else if (choice === 'stop') end(plan, 'by_hand')
    }
  }

  const isReached = (plan: ModelPlan, lead: number, at: number) =>
    plan.lead === lead && ['in_progress', 'paused'].includes(plan.state) && at >= plan.started

  function answer(plan: ModelPlan, at: number, stops: boolean) {
    const first = !plan.replied
    plan.replied = true
    if (stops) return end(plan, 'replied')
    const place = plan.steps.findIndex(({ id }) => id === plan.last)
    const branch = plan.steps[place]?.branches.find(({ when }) => when === 'replied')
    if (!first || plan.state !== 'in_progress' || !branch) return
    const found = plan.steps.findIndex(({ id }) => id === branch.stepId)
    const target = branch.go === 'skip_next' ? place + 2 : Math.max(found, place + 1)
    if (branch.go === 'end') end(plan, 'branch')
    else if (target >= plan.steps.length) end(plan, 'finished')
    else if (plan.steps[target]?.id !== plan.current) {
      if (plan.current) plan.ran[plan.current] = 'skipped'
      goTo(plan, target, at)
    }
  }

  function skip(plan: ModelPlan, at: number) {
    const place = placeOf(plan)
    if (plan.current) plan.ran[plan.current] = 'skipped'
    goTo(plan, place + 1, at)
  }

  function pause(plan: ModelPlan, until: number | null, now: number) {
    if (plan.state !== 'paused') plan.remaining = Math.max(0, (plan.due ?? now) - now)
    if (plan.current && isQueued(plan)) plan.ran[plan.current] = 'open'
    plan.state = 'paused'
    plan.due = null
    plan.until = until
  }

  return {
    model,
    isQueued,
    add(plan: Pick<ModelPlan, 'id' | 'cadenceId' | 'lead' | 'user'>, at: number) {
      const { version, steps } = model.cadences.find(
        ({ id }) => id === plan.cadenceId,
      ) as ModelCadence
      const made: ModelPlan = {
        ...plan,
        version,
        steps,
        state: 'in_progress',
        ending: null,
        ran: {},
        current: null,
        automated: false,
        last: null,
        base: at,
        stepDue: at,
        due: null,
        late: 0,
        remaining: 0,
        until: null,
        replied: false,
        started: at,
      }
      model.plans.push(made)
      goTo(made, 0, at)
    },
    /** An outbound activity on the lead completes the step that is due first. */
    log(
      lead: number,
      type: string,
      outcome: string | null,
      { at, choice }: { at: number; choice?: PlanChoice | undefined },
    ) {
      const fitting = model.plans
        .filter(
          (plan) =>
            plan.lead === lead &&
            plan.state === 'in_progress' &&
            plan.due !== null &&
            at >= plan.base &&
            stepOf(plan)?.type === type,
        )
        .sort((one, other) => (one.due ?? 0) - (other.due ?? 0))[0]
      if (fitting) complete(fitting, outcome, { at, choice })
      hear(lead, outcome, { at, choice, except: fitting })
    },
    /** Somebody did the current step: what came of it is heard by the lead's other plans too. */
    complete(
      plan: ModelPlan,
      outcome: string | null,
      told: { at: number; choice?: PlanChoice | undefined },
    ) {
      complete(plan, outcome, told)
      hear(plan.lead, outcome, { ...told, except: plan })
    },
    skip,
    pause,
    resume(plan: ModelPlan, at: number) {
      const step = stepOf(plan)
      if (step) settle(plan, fitStep(at + plan.remaining, step, around(plan)))
    },
    end,
    reply(lead: number, at: number) {
      for (const plan of model.plans)
        if (isReached(plan, lead, at)) answer(plan, at, cadenceOf(plan).settings.stopOnReply)
    },
    win(lead: number) {
      for (const plan of model.plans)
        if (plan.lead === lead && !['completed', 'aborted'].includes(plan.state))
          end(plan, 'lead_won')
    },
    give(lead: number, owner: number) {
      const given = model.leads[lead]
      if (!given || given.owner === owner) return
      given.owner = owner
      for (const plan of model.plans) {
        if (plan.lead !== lead || ['completed', 'aborted'].includes(plan.state)) continue
        const { onOwnerChange } = cadenceOf(plan).settings
        if (onOwnerChange === 'end') end(plan, 'owner_changed')
        else if (onOwnerChange === 'reassign') plan.user = owner
      }
    },
    /** One of many in one action; those it does not fit are left out. */
    change(plan: ModelPlan, action: string, { user, now }: { user: number; now: number }) {
      const { state } = plan
      if (state === 'completed' || state === 'aborted') return
      if (action === 'abort') end(plan, 'by_hand')
      else if (action === 'reassign') plan.user = user
      else if (action === 'pause') pause(plan, null, now)
      else if (action === 'resume' && state === 'paused') this.resume(plan, now)
      else if (action === 'skip' && state === 'in_progress') skip(plan, now)
    },
    /** The e-mail in the outbox has gone out. */
    send(plan: ModelPlan, at: number) {
      model.sent.push(`${plan.id} ${plan.current}`)
      complete(plan, null, { at })
    },
    /** Somebody took it out of the outbox: a person does the step. */
    refuse(plan: ModelPlan) {
      if (plan.current) plan.ran[plan.current] = 'open'
      plan.automated = false
      plan.due = plan.stepDue
    },
    edit(cadence: ModelCadence, steps: CadenceStep[], isMoved: boolean, now: number) {
      const used = model.plans.some(
        (plan) => plan.cadenceId === cadence.id && plan.version === cadence.version,
      )
      if (JSON.stringify(steps) === JSON.stringify(cadence.steps)) return
      cadence.steps = steps
      if (!used) return
      cadence.version++
      if (!isMoved) return
      for (const plan of model.plans)
        if (plan.cadenceId === cadence.id && !['completed', 'aborted'].includes(plan.state))
          move(plan, cadence, now)
    },
    /** What happens by itself, asked at `now`. */
    tick(now: number): boolean {
      let changed = false
      for (const plan of model.plans)
        for (;;) {
          const step = stepOf(plan)
          if (plan.state === 'paused' && plan.until !== null && plan.until <= now)
            this.resume(plan, plan.until)
          else if (plan.state !== 'in_progress' || !step || plan.due === null) break
          else if (step.automated && !plan.automated) break
          else if (now >= plan.late && step.missed === 'skip') skip(plan, plan.late)
          else if (now >= plan.late && step.missed === 'move')
            settle(plan, fitStep(now, step, around(plan)))
          else if (!step.automated || now < plan.due) break
          else {
            plan.ran[step.id] = 'queued'
            plan.due = null
          }
          changed = true
        }
      return changed
    },
  }

  function move(plan: ModelPlan, cadence: ModelCadence, now: number) {
    const before = stepOf(plan)
    const placeBefore = placeOf(plan)
    plan.version = cadence.version
    plan.steps = cadence.steps
    const step = stepOf(plan)
    if (step) {
      if (plan.state === 'paused') {
        plan.automated = step.automated
        return
      }
      const isSame =
        JSON.stringify(step) === JSON.stringify(before) && placeBefore === placeOf(plan)
      if (isSame) return
      const timing = ({ delay, delayUnit, window, automated }: CadenceStep) =>
        JSON.stringify([delay, delayUnit, window, automated])
      settle(
        plan,
        before && timing(step) === timing(before)
          ? { at: plan.stepDue, lateAfter: plan.late }
          : scheduleStep(plan.base, step, around(plan)),
      )
      return
    }
    const { state, until } = plan
    if (plan.current) plan.ran[plan.current] = 'cancelled'
    const last = plan.steps.findLastIndex(({ id }) =>
      ['done', 'skipped'].includes(plan.ran[id] ?? ''),
    )
    goTo(plan, last + 1, plan.base)
    if (state === 'paused' && plan.state === 'in_progress') pause(plan, until, now)
  }
}
