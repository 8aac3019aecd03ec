/** When an e-mail is to go out, as selected on screen and as the core is asked. */
import type { EmailDraft } from '../../../../contract/outreach/messages'
import { instantOf, wallTimeText } from '../../../ui/when/times'

export interface Timing {
  /** `approve`: as soon as limits and quiet hours allow. */
  when: 'now' | 'approve' | 'at'
  /** This machine's local time, for `at`. */
  at: string | null
}

export const toSending = ({ when, at }: Timing): Pick<EmailDraft, 'next' | 'sendAfter'> =>
  when === 'now'
    ? { next: 'now' }
    : { next: 'approve', ...(when === 'at' && at ? { sendAfter: instantOf(at) } : {}) }

/** Whether a time is chosen, where one has to be. */
export const isChosen = ({ when, at }: Timing): boolean => when !== 'at' || at !== null

export const sendLabel = ({ when, at }: Timing, now: Date): string =>
  when === 'now' ? 'Send now' : when === 'at' && at ? `Send ${wallTimeText(at, now)}` : 'Send'
