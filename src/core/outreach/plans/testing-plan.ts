/** What one plan does in the model of plans: it comes to steps, does and skips them, pauses, resumes and ends. */
import { dequal } from 'dequal'
import type { CadenceSettings, CadenceStep } from '../../../contract/outreach/cadences'
import type { PlanChoice } from '../../../contract/timeline/words'
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

export const stepOf = (plan: ModelPlan) => plan.steps.find(({ id }) => id === plan.current)
const placeOf = (plan: ModelPlan) => plan.steps.findIndex(({ id }) => id === plan.current)
const isWaiting = ({ current, ran }: ModelPlan) =>
  current !== null && (ran[current] === 'open' || ran[current] === 'queued')
export const isQueued = ({ current, ran }: ModelPlan) =>
  current !== null && ran[current] === 'queued'

/** What a single plan does, on plain objects. */
export function createModelOfPlan(model: Model) {
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

  function resume(plan: ModelPlan, at: number) {
    const step = stepOf(plan)
    if (step) settle(plan, fitStep(at + plan.remaining, step, around(plan)))
  }

  /** A missed step moves to the first moment from now on that fits. */
  function postpone(plan: ModelPlan, step: CadenceStep, now: number) {
    settle(plan, fitStep(now, step, around(plan)))
  }

  /** Its cadence has new steps. */
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
      if (dequal(step, before) && placeBefore === placeOf(plan)) return
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

  return {
    cadenceOf,
    isAnswer,
    goTo,
    end,
    complete,
    answer,
    skip,
    pause,
    resume,
    postpone,
    move,
  }
}

const timing = ({ delay, delayUnit, window, automated }: CadenceStep) =>
  JSON.stringify([delay, delayUnit, window, automated])
