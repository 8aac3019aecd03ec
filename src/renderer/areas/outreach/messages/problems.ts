/** What keeps an e-mail from going out, and what can be done about it. */

import type { EmailFailure, EmailState } from '../../../../contract/kernel/words'
import type { EmailProblem } from '../../../../contract/outreach/messages'

/** What waits for somebody to say what becomes of it. */
export const statesToDecide = ['late', 'unknown', 'failed'] as const satisfies EmailState[]

/** Said after the problem itself; none where nothing can be done here. */
export const adviceFor: Readonly<Record<EmailProblem['kind'], string>> = {
  blank: 'Fill it in on the record, or write a fallback.',
  unresolved: 'Finish or remove the braces in the text.',
  identical: 'Write something of their own, or allow it for this message.',
  nameless: 'Greet them by name: Placeholder, First name.',
  empty: 'Write it.',
  opted_out: 'They must not be written to, by whichever way.',
  lead_deleted: 'Restore the lead from the trash, or cancel the e-mail.',
  no_account: 'Add one in the settings, under E-mail accounts.',
}

/** What a server said, ended like a sentence. */
export const sentence = (said: string): string => (/[.!?]$/.test(said) ? said : `${said}.`)

interface FailureText {
  title: string
  advice: string
}

export const failureTexts: Readonly<Record<EmailFailure, FailureText>> = {
  address: {
    title: 'The address was refused for good',
    advice:
      'Correct it here with Edit, and at the contact for the next time. Sending to it again does not help.',
  },
  refused: {
    title: 'The message was refused for good',
    advice: 'The server does not want it as it is: change its text, or send it by another account.',
  },
  busy: {
    title: 'Not taken for now',
    advice: 'Rapport tries again by itself, later each time.',
  },
  account: {
    title: 'Waits for its account',
    advice: 'Check its password and address in the settings.',
  },
  connection: {
    title: 'Waits for its server',
    advice: 'It goes out by itself once it can.',
  },
}
