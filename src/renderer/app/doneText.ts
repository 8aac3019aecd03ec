/** What a toast says of an action that has just been done: its label, in the past tense. */
import { ownValue } from '../../contract/kernel/own-value'

const irregular: Readonly<Record<string, string>> = {
  Cancel: 'Cancelled',
  Give: 'Gave',
  Log: 'Logged',
  Opt: 'Opted',
  Plan: 'Planned',
  Send: 'Sent',
  Skip: 'Skipped',
  Stop: 'Stopped',
  Take: 'Took',
}
const regular = new Set(
  `Accept Activate Add Allow Approve Assign Change Complete Convert Correct Create Decide Decline Delete
   Discard Dismiss Duplicate Empty Erase Import Load Mark Merge Move Note Pause Reassign Remind Remove Reopen
   Reorder Repair Reschedule Reset Restore Resume Revoke Save Snooze Start Switch Use`.split(/\s+/),
)

/** “Move “Acme” to Proposal” → “Moved “Acme” to Proposal”. A label that begins with another word stays. */
export function doneText(label: string): string {
  const [verb = ''] = label.split(' ', 1)
  const done =
    ownValue(irregular, verb) ??
    (regular.has(verb) ? verb.replace(/y$/, 'i').replace(/e?$/, 'ed') : verb)
  return done + label.slice(verb.length)
}
