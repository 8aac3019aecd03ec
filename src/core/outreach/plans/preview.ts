/** What would become of a selection: for each of it the dates of all steps, or why it is refused. */
import type { CadenceStep } from '../../../contract/outreach/cadences'
import type { SimulatedStep, Simulation } from '../../../contract/outreach/enrolment'
import { localOf, type WorkingHours, weekdayOf } from '../../agenda/working-hours/working-hours'
import type { Actor } from '../../kernel/actor'
import { toInstant, toReference } from '../../kernel/database/rows'
import { invalid } from '../../kernel/errors'
import type { Kernel } from '../../kernel/kernel'
import type { ScheduledStep } from '../cadences/cadences'
import { referencesOf } from './candidates'
import { type AssignmentInput, type Enrolment, messageOf, type PlanSource } from './enrol'

/** What a preview shows at most. */
const mostSimulated = 1000

export function createPreview(
  { database }: Kernel,
  { enrol, workingHours }: { enrol: Enrolment; workingHours: WorkingHours },
) {
  /** @throws invalid where there are more than a preview shows */
  return function simulate(actor: Actor, source: PlanSource, input: AssignmentInput): Simulation {
    const enrolled = enrol(actor, source, input)
    if (enrolled.length > mostSimulated)
      throw invalid('target', `must have at most ${mostSimulated} leads for a preview`)
    const nameOfUser = database.prepare('select name from user where id = ?').pluck()
    const shown = new Map<ScheduledStep[], SimulatedStep[]>()
    const plans = enrolled.map(({ candidate, userId, contactZone, steps, refused }) => {
      const { zone } = workingHours.timeOf(userId)
      const list =
        shown.get(steps) ??
        steps.map((scheduled, position) =>
          toStep(source.version.steps[position] as CadenceStep, {
            position,
            scheduled,
            zone,
            contactZone,
          }),
        )
      shown.set(steps, list)
      return {
        ...referencesOf(candidate),
        user: toReference(userId, String(nameOfUser.get(userId) ?? '')),
        zone,
        contactZone,
        steps: list,
        refused: refused ? { reason: refused, message: messageOf(refused) } : null,
      }
    })
    const refused = plans.filter((plan) => plan.refused !== null).length
    return {
      startAt: toInstant(input.startAt),
      plans,
      accepted: plans.length - refused,
      refused,
    }
  }
}

function toStep(
  { id, type, automated }: CadenceStep,
  {
    position,
    scheduled,
    zone,
    contactZone,
  }: { position: number; scheduled: ScheduledStep; zone: string; contactZone: string },
): SimulatedStep {
  const { date, time } = localOf(scheduled.at, zone)
  const contact = localOf(scheduled.at, contactZone)
  return {
    stepId: id,
    position,
    type,
    automated,
    at: toInstant(scheduled.at),
    date,
    weekday: weekdayOf(date),
    time,
    contactTime: `${contact.date}T${contact.time}`,
    moved: scheduled.moved,
  }
}
