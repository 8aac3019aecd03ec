/** What Rapport does by itself at a step, in plain words. Pure. */
import type { EmailMessage } from '../../../../contract/outreach/messages'
import type { Sending } from '../messages/useSending'

/** Of all automated steps of a cadence, before any is due. */
export function automatedText({ stopped, approvalFirst, hasAccount }: Sending): string {
  if (!hasAccount)
    return 'No account sends e-mail yet: a person is asked to write it when it is due.'
  if (stopped)
    return 'Rapport writes it when it is due; nothing goes out while all e-mail is stopped.'
  return approvalFirst
    ? 'Rapport writes it when it is due; it waits in the outbox until somebody approves it.'
    : 'Rapport writes and sends it when it is due, within the limits and quiet hours of the account.'
}

/** Of an e-mail that was written and is in the outbox. */
export function queuedText(
  { state, problems, nextAttemptAt }: Pick<EmailMessage, 'state' | 'problems' | 'nextAttemptAt'>,
  { stopped, exact }: { stopped: boolean; exact(instant: string): string },
): string {
  switch (state) {
    case 'drafted': {
      const [problem] = problems
      return problem ? `It may not go out: ${problem.message}` : 'It waits for approval.'
    }
    case 'approved':
      if (stopped) return 'It is approved, and goes out once e-mail is not stopped any more.'
      return nextAttemptAt ? `It is sent ${exact(nextAttemptAt)}.` : 'It is sent in a moment.'
    case 'sending':
      return 'It is being sent.'
    case 'sent':
      return 'It was sent.'
    case 'cancelled':
      return 'It was taken out of the outbox.'
    case 'late':
      return 'It was due too long ago to go out by itself: send it, reschedule it or cancel it in the outbox.'
    case 'unknown':
    case 'failed':
      return 'It needs a decision: nobody knows whether it has arrived.'
  }
}
