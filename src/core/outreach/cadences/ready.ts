/** The cadences a new workspace begins with, ready to be used or changed. */
import type { CadenceStep } from '../../../contract/outreach/cadences'
import type { Writer } from '../../kernel/database/database'
import { defaultSettings } from './steps'
import { cadence, cadenceVersion } from './table'

interface ReadyCadence {
  /** Never changes: says which of them a workspace has. */
  key: string
  name: string
  description: string
  settings: typeof defaultSettings
  steps: (newId: () => string) => CadenceStep[]
}

type Draft = Partial<CadenceStep> & Pick<CadenceStep, 'type'>
const morning = { from: '09:00', to: '11:30', weekdays: [1, 2, 3, 4, 5] }
const afternoon = { from: '14:00', to: '16:30', weekdays: [1, 2, 3, 4, 5] }

const plain = (newId: () => string, drafts: Draft[]): CadenceStep[] =>
  drafts.map((draft) => ({
    id: newId(),
    automated: false,
    delay: 0,
    delayUnit: 'business_days',
    window: null,
    subject: null,
    body: null,
    variants: [],
    branches: [],
    missed: 'do_now',
    ...draft,
  }))

const greeting = 'Hello {{ contact.first_name | default: "there" }},'
const closing = '{{ user.signature | default: user.name }}'
const text = (...paragraphs: string[]) => paragraphs.join('\n\n')
const goesWell = {
  when: 'outcome' as const,
  outcomes: ['demo_scheduled', 'converted'],
  go: 'end' as const,
  stepId: null,
}

export const readyCadences: readonly ReadyCadence[] = [
  {
    key: 'initial_outreach',
    name: 'Initial outreach',
    description: 'Six touches in two and a half weeks for a lead that does not know us yet.',
    settings: defaultSettings,
    steps: (newId) =>
      plain(newId, [
        {
          type: 'email',
          variants: [
            {
              key: 'A',
              weight: 1,
              subject: 'An idea for {{ company.name | default: "your team" }}',
              body: text(
                greeting,
                'I work with companies like {{ company.name | default: "yours" }} and have an idea that may save you some work. Would fifteen minutes next week suit you?',
                closing,
              ),
            },
            {
              key: 'B',
              weight: 1,
              subject: '{{ contact.first_name | default: "Hello" }}, a short question',
              body: text(
                greeting,
                'who at {{ company.name | default: "your company" }} looks after this today? If it is you, I would like to hear how you go about it.',
                closing,
              ),
            },
          ],
        },
        {
          type: 'call',
          delay: 2,
          window: morning,
          subject: 'First call',
          body: text(
            'Open: I wrote the other day; did my note reach you?',
            'Ask: how do they go about it today, what does it cost them, who decides?',
            'Close: fifteen minutes with a date.',
          ),
          branches: [goesWell],
        },
        { type: 'linkedin_message', delay: 2, subject: 'Connect on LinkedIn', missed: 'skip' },
        {
          type: 'email',
          delay: 3,
          subject: 'Re: An idea for {{ company.name | default: "your team" }}',
          body: text(
            greeting,
            'in case my first note went under: what we do in one sentence, and what it brought a company of your size. Is it worth a short call?',
            closing,
          ),
        },
        {
          type: 'call',
          delay: 2,
          window: afternoon,
          subject: 'Second call, other time of day',
          branches: [goesWell],
          missed: 'move',
        },
        {
          type: 'email',
          delay: 3,
          subject: 'Shall I close this?',
          body: text(
            greeting,
            'I have not heard from you and do not want to be a nuisance. Shall I come back in a few months, or is it not a subject for you?',
            closing,
          ),
        },
      ]),
  },
  {
    key: 'post_demo',
    name: 'Post-demo follow-up',
    description:
      'From the demo to a decision: keep the promise made there, then ask for the next step.',
    settings: defaultSettings,
    steps: (newId) =>
      plain(newId, [
        {
          type: 'email',
          delay: 2,
          delayUnit: 'hours',
          subject: 'What we saw today',
          body: text(
            greeting,
            'thank you for your time today. As promised: what we looked at, what you asked for, and what happens next.',
            closing,
          ),
        },
        {
          type: 'call',
          delay: 2,
          subject: 'What did the others say?',
          body: text(
            'Ask: what stayed with them, what is missing, who else has to see it?',
            'Close: a date for the decision.',
          ),
          branches: [{ when: 'outcome', outcomes: ['not_interested'], go: 'end', stepId: null }],
        },
        {
          type: 'proposal_sent',
          delay: 2,
          subject: 'Send the proposal',
          body: 'With the points of the demo, the price, and a date until which it holds.',
        },
        { type: 'call', delay: 3, subject: 'Go through the proposal', missed: 'move' },
        {
          type: 'email',
          delay: 4,
          subject: 'Where are we?',
          body: text(
            greeting,
            'do you have what you need to decide? If something stands in the way, tell me and I will see to it.',
            closing,
          ),
        },
      ]),
  },
  {
    key: 're_engagement',
    name: 'Re-engagement',
    description: 'Three quiet touches for a lead that went silent.',
    settings: defaultSettings,
    steps: (newId) =>
      plain(newId, [
        {
          type: 'email',
          subject: 'Still a subject, {{ contact.first_name | default: "or not" }}?',
          body: text(
            greeting,
            'we spoke some time ago about {{ lead.title }}. Has anything changed since? I have news that may fit.',
            closing,
          ),
        },
        { type: 'call', delay: 5, window: morning, subject: 'What has changed?', missed: 'move' },
        {
          type: 'email',
          delay: 10,
          subject: 'I will leave it at that',
          body: text(
            greeting,
            'this is my last note for now. Whenever it becomes a subject again, one line is enough.',
            closing,
          ),
        },
      ]),
  },
]

/** What a new database has. */
export function addReadyCadences(writer: Writer, createdBy: string | null = null): number {
  for (const ready of readyCadences) insertReady(writer, ready, createdBy)
  return readyCadences.length
}

export function insertReady(
  writer: Writer,
  { key, steps, ...values }: ReadyCadence,
  createdBy: string | null,
) {
  const id = writer.insert(cadence, { ...values, ready: key, state: 'active', createdBy })
  writer.insert(cadenceVersion, { cadenceId: id, number: 1, steps: steps(writer.newId) })
}
