/** Why an e-mail of a plan does not go out, for people. */
import type { PlanEnding } from '../../../contract/outreach/words'

/** Why nothing is sent for a plan that has ended so. */
export const endingReasons: Readonly<Record<PlanEnding, string>> = {
  finished: 'The plan is finished.',
  replied: 'They have answered, so the plan has ended.',
  branch: 'The plan has ended.',
  lead_won: 'The lead is won, so the plan has ended.',
  lead_lost: 'The lead is lost, so the plan has ended.',
  lead_deleted: 'The lead was deleted.',
  contact_deleted: 'The contact was deleted.',
  owner_changed: 'The lead has another owner, so the plan has ended.',
  opted_out: 'They have asked not to be written to.',
  by_hand: 'The plan was stopped.',
}

/** Why it does not go out although the plan continues. */
export const reasons = {
  paused: 'The plan is paused.',
  skipped: 'The step was skipped.',
  done: 'Somebody did the step by hand.',
  postponed: 'The step has another date.',
  changed: 'The steps of the cadence were changed.',
} as const
