/** A simple model of plans, kept in memory: what tests hold the real ones against. */
import { dequal } from 'dequal'
import type { CadenceStep } from '../../../contract/outreach/cadences'
import type { PlanChoice } from '../../../contract/timeline/words'
import {
  createModelOfPlan,
  type Model,
  type ModelCadence,
  type ModelPlan,
  stepOf,
} from './testing-plan'

export { isQueued, type Model, type ModelPlan } from './testing-plan'

/** Everything the real program does to plans, on plain objects. */
export function createModel(model: Model) {
  const ofPlan = createModelOfPlan(model)
  const { cadenceOf, isAnswer, goTo, end, complete, answer, skip, pause, resume } = ofPlan
  const { move, postpone } = ofPlan

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

  return {
    ...ofPlan,
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
      heard: { at: number; choice?: PlanChoice | undefined },
    ) {
      complete(plan, outcome, heard)
      hear(plan.lead, outcome, { ...heard, except: plan })
    },
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
      else if (action === 'resume' && state === 'paused') resume(plan, now)
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
      if (dequal(steps, cadence.steps)) return
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
            resume(plan, plan.until)
          else if (plan.state !== 'in_progress' || !step || plan.due === null) break
          else if (step.automated && !plan.automated) break
          else if (now >= plan.late && step.missed === 'skip') skip(plan, plan.late)
          else if (now >= plan.late && step.missed === 'move') postpone(plan, step, now)
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
}
