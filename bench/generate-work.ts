/** What waits for people in a generated database: tasks, reminders, plans with their steps, e-mails. */
import type Database from 'better-sqlite3'
import type { CadenceStep } from '../src/contract/outreach/cadences'
import { generatedId, inserter, type Random } from './seeded'
import type { Size } from './sizes'

export interface WorkOptions {
  size: Size
  random: Random
  now: number
  phrase(words: number): string
  linksOfLead: readonly [company: number, contact: number | null, owner: string][]
  openLeads: readonly number[]
  closedLeads: readonly number[]
}

interface Version {
  ready: string
  cadence: string
  name: string
  id: string
  steps: CadenceStep[]
}

const hour = 3_600_000
const day = 24 * hour
const wallTime = (at: number) => new Date(at).toISOString().slice(0, 16)
const endOfDay = (at: number) => at - (at % day) + day

export function generateWork(connection: Database.Database, options: WorkOptions): void {
  addTasks(connection, options)
  addReminders(connection, options)
  addPlans(connection, options)
  addEmails(connection, options)
}

/** From a month ago to three months ahead, within working hours. */
const someTime = ({ random, now }: WorkOptions) =>
  now - (now % day) + (random.below(120) - 30) * day + (8 + random.below(10)) * hour

function linksOf({ linksOfLead }: WorkOptions, lead: number) {
  const [company, contact, owner] = linksOfLead[lead] ?? [0, null, '']
  return {
    lead: generatedId('lead', lead),
    company: generatedId('company', company),
    contact: contact === null ? null : generatedId('contact', contact),
    owner,
  }
}

function addTasks(connection: Database.Database, options: WorkOptions) {
  const { size, random, now, phrase } = options
  const add = inserter(connection, 'task', [
    'id',
    'title',
    'type',
    'priority',
    'status',
    'lead_id',
    'company_id',
    'contact_id',
    'assignee_id',
    'due_at',
    'wall_time',
    'zone',
    'completed_at',
    'completed_by',
    'notified_for',
    'created_at',
    'updated_at',
  ])
  for (let index = 0; index < size.tasks; index++) {
    const { lead, company, contact, owner } = linksOf(options, random.below(size.leads))
    const due = random.below(10) === 0 ? null : someTime(options)
    const isDone = due !== null && due < now && random.below(4) > 0
    const done = isDone ? Math.min(now, due + random.below(2 * day)) : null
    const made = now - random.below(120) * day
    add(
      generatedId('task', index),
      phrase(4),
      random.pick(['call', 'email', 'meeting', 'other']),
      random.pick(['low', 'medium', 'medium', 'high', 'urgent']),
      isDone ? 'completed' : random.pick(['pending', 'pending', 'in_progress']),
      lead,
      company,
      contact,
      owner,
      due,
      due === null ? null : wallTime(due),
      due === null ? null : 'UTC',
      done,
      isDone ? owner : null,
      due !== null && due <= now ? due : null,
      made,
      made,
    )
  }
}

const reminderColumns = [
  'id',
  'notes',
  'user_id',
  'lead_id',
  'company_id',
  'contact_id',
  'plan_id',
  'remind_at',
  'wall_time',
  'zone',
  'notified_for',
  'created_at',
  'updated_at',
]

function addReminders(connection: Database.Database, options: WorkOptions) {
  const { size, random, now, phrase } = options
  const add = inserter(connection, 'reminder', reminderColumns)
  for (let index = size.plans; index < size.reminders; index++) {
    const { lead, company, contact, owner } = linksOf(options, random.below(size.leads))
    const at = someTime(options)
    const made = now - random.below(120) * day
    add(
      generatedId('reminder', index),
      phrase(4),
      owner,
      lead,
      company,
      contact,
      null,
      at,
      wallTime(at),
      'UTC',
      at <= now ? at : null,
      made,
      made,
    )
  }
}

/** Half of the plans under way follow one ready cadence, half another; the third takes nobody in yet. */
function addPlans(connection: Database.Database, options: WorkOptions) {
  const { size, random, now, openLeads, closedLeads } = options
  const versions = connection
    .prepare(
      `select cadence.ready, cadence.id as cadence, cadence.name, version.id, version.steps from cadence
       join cadence_version version on version.cadence_id = cadence.id`,
    )
    .all()
    .map((row) => {
      const version = row as Omit<Version, 'steps'> & { steps: string }
      return { ...version, steps: JSON.parse(version.steps) as CadenceStep[] }
    })
  const versionOf = (ready: string) => versions.find((version) => version.ready === ready)
  const followed = [versionOf('initial_outreach'), versionOf('re_engagement')]
  const insertPlan = inserter(connection, 'plan', [
    'id',
    'name',
    'cadence_id',
    'version_id',
    'lead_id',
    'contact_id',
    'company_id',
    'user_id',
    'state',
    'ending',
    'step_id',
    'position',
    'step_count',
    'base_at',
    'next_step_due_at',
    'wake_at',
    'started_at',
    'replied_at',
    'ended_at',
    'created_at',
    'updated_at',
  ])
  const insertStep = inserter(connection, 'plan_step', [
    'id',
    'plan_id',
    'cadence_id',
    'step_id',
    'position',
    'type',
    'variant',
    'state',
    'due_at',
    'late_after',
    'done_at',
    'done_by',
    'outcome',
    'replied_at',
    'created_at',
    'updated_at',
  ])
  const insertReminder = inserter(connection, 'reminder', reminderColumns)
  let steps = 0

  function addPlan(index: number, lead: number, { isOver }: { isOver: boolean }) {
    const version = followed[index % 2]
    if (!version) throw new Error('The ready cadences are missing.')
    const id = generatedId('plan', index)
    const { owner, ...links } = linksOf(options, lead)
    const position = random.below(version.steps.length)
    const step = version.steps[position]
    // Under way, most steps are still ahead, and some have waited for some days.
    const due = isOver
      ? now - random.below(300) * day
      : now - (now % day) + (random.below(25) - 4) * day + (8 + random.below(9)) * hour
    const started = due - (position + 1) * 3 * day
    const replied = isOver && random.below(5) === 0 ? due : null
    const wakes = !isOver && step?.missed !== 'do_now' && endOfDay(due) > now
    insertPlan(
      id,
      version.name,
      version.cadence,
      version.id,
      links.lead,
      links.contact,
      links.company,
      owner,
      isOver ? (replied === null ? 'aborted' : 'completed') : 'in_progress',
      isOver ? (replied === null ? 'aborted' : 'replied') : null,
      isOver ? null : step?.id,
      isOver ? null : position,
      version.steps.length,
      isOver ? null : due - 2 * day,
      isOver ? null : due,
      wakes ? endOfDay(due) : null,
      started,
      replied,
      isOver ? due : null,
      started,
      Math.min(now, due),
    )
    for (const [at, { id: stepId, type, variants }] of version.steps
      .slice(0, position + 1)
      .entries()) {
      const isOpen = at === position
      const stepDue = due - (position - at) * 3 * day
      const isSkipped = !isOpen && random.below(10) === 0
      const done = isOpen || isSkipped ? null : stepDue + random.below(2 * day)
      insertStep(
        generatedId('planStep', steps++),
        id,
        version.cadence,
        stepId,
        at,
        type,
        variants.length > 0 ? random.pick(variants).key : null,
        isOpen ? (isOver ? 'cancelled' : 'open') : isSkipped ? 'skipped' : 'done',
        stepDue,
        endOfDay(stepDue),
        done,
        done === null ? null : owner,
        done === null ? null : random.pick([null, 'successful', 'no_answer', 'interested']),
        isOpen && replied !== null ? replied : null,
        started,
        done ?? started,
      )
    }
    if (!isOver)
      insertReminder(
        generatedId('reminder', index),
        `${version.name}, step ${position + 1} of ${version.steps.length}`,
        owner,
        links.lead,
        links.company,
        links.contact,
        id,
        due,
        wallTime(due),
        'UTC',
        due <= now ? due : null,
        started,
        started,
      )
  }

  const underWay = Math.min(size.plans, openLeads.length * 2)
  for (let index = 0; index < underWay; index++)
    addPlan(index, openLeads[index >> 1] ?? 0, { isOver: false })
  for (let index = size.plans; index < size.plans * 1.5; index++)
    addPlan(index, random.pick(closedLeads), { isOver: true })
}

function addEmails(connection: Database.Database, options: WorkOptions) {
  const { size, random, now, phrase } = options
  const add = inserter(connection, 'email_message', [
    'id',
    'state',
    'user_id',
    'lead_id',
    'contact_id',
    'to_address',
    'subject',
    'body',
    'message_id',
    'content_hash',
    'next_attempt_at',
    'sent_at',
    'created_at',
    'updated_at',
  ])
  for (let index = 0; index < size.emails; index++) {
    const { lead, contact, owner } = linksOf(options, random.below(size.leads))
    const at = now - random.below(60) * day - random.below(day)
    // None is approved: the benchmark sends nothing.
    const state = random.below(3) === 0 ? 'draft' : random.pick(['sent', 'sent', 'sent', 'failed'])
    add(
      generatedId('email', index),
      state,
      owner,
      lead,
      contact,
      `someone.${index}@mail.example`,
      phrase(4),
      phrase(60),
      `${index}@rapport.example`,
      `hash-${index % 500}`,
      at,
      state === 'sent' ? at : null,
      at,
      at,
    )
  }
}
