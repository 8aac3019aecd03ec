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
  const add = inserter(connection, 'task')
  for (let index = 0; index < size.tasks; index++) {
    const { lead, company, contact, owner } = linksOf(options, random.below(size.leads))
    const due = random.below(10) === 0 ? null : someTime(options)
    const isDone = due !== null && due < now && random.below(4) > 0
    const done = isDone ? Math.min(now, due + random.below(2 * day)) : null
    const made = now - random.below(120) * day
    add({
      id: generatedId('task', index),
      title: phrase(4),
      type: random.pick(['call', 'email', 'meeting', 'other']),
      priority: random.pick(['low', 'medium', 'medium', 'high', 'urgent']),
      status: isDone ? 'completed' : random.pick(['pending', 'pending', 'in_progress']),
      lead_id: lead,
      company_id: company,
      contact_id: contact,
      assignee_id: owner,
      due_at: due,
      wall_time: due === null ? null : wallTime(due),
      zone: due === null ? null : 'UTC',
      completed_at: done,
      completed_by: isDone ? owner : null,
      notified_for: due !== null && due <= now ? due : null,
      created_at: made,
      updated_at: made,
    })
  }
}

function addReminders(connection: Database.Database, options: WorkOptions) {
  const { size, random, now, phrase } = options
  const add = inserter(connection, 'reminder')
  for (let index = size.plans; index < size.reminders; index++) {
    const { lead, company, contact, owner } = linksOf(options, random.below(size.leads))
    const at = someTime(options)
    const made = now - random.below(120) * day
    add({
      id: generatedId('reminder', index),
      notes: phrase(4),
      user_id: owner,
      lead_id: lead,
      company_id: company,
      contact_id: contact,
      plan_id: null,
      remind_at: at,
      wall_time: wallTime(at),
      zone: 'UTC',
      notified_for: at <= now ? at : null,
      created_at: made,
      updated_at: made,
    })
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
  const insertPlan = inserter(connection, 'plan')
  const insertStep = inserter(connection, 'plan_step')
  const insertReminder = inserter(connection, 'reminder')
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
    insertPlan({
      id,
      name: version.name,
      cadence_id: version.cadence,
      version_id: version.id,
      lead_id: links.lead,
      contact_id: links.contact,
      company_id: links.company,
      user_id: owner,
      state: isOver ? (replied === null ? 'aborted' : 'completed') : 'in_progress',
      ending: isOver ? (replied === null ? 'aborted' : 'replied') : null,
      step_id: isOver ? null : step?.id,
      position: isOver ? null : position,
      step_count: version.steps.length,
      base_at: isOver ? null : due - 2 * day,
      next_step_due_at: isOver ? null : due,
      wake_at: wakes ? endOfDay(due) : null,
      started_at: started,
      replied_at: replied,
      ended_at: isOver ? due : null,
      created_at: started,
      updated_at: Math.min(now, due),
    })
    for (const [at, { id: stepId, type, variants }] of version.steps
      .slice(0, position + 1)
      .entries()) {
      const isOpen = at === position
      const stepDue = due - (position - at) * 3 * day
      const isSkipped = !isOpen && random.below(10) === 0
      const done = isOpen || isSkipped ? null : stepDue + random.below(2 * day)
      insertStep({
        id: generatedId('planStep', steps++),
        plan_id: id,
        cadence_id: version.cadence,
        step_id: stepId,
        position: at,
        type,
        variant: variants.length > 0 ? random.pick(variants).key : null,
        state: isOpen ? (isOver ? 'cancelled' : 'open') : isSkipped ? 'skipped' : 'done',
        due_at: stepDue,
        late_after: endOfDay(stepDue),
        done_at: done,
        done_by: done === null ? null : owner,
        outcome:
          done === null ? null : random.pick([null, 'successful', 'no_answer', 'interested']),
        replied_at: isOpen && replied !== null ? replied : null,
        created_at: started,
        updated_at: done ?? started,
      })
    }
    if (!isOver)
      insertReminder({
        id: generatedId('reminder', index),
        notes: `${version.name}, step ${position + 1} of ${version.steps.length}`,
        user_id: owner,
        lead_id: links.lead,
        company_id: links.company,
        contact_id: links.contact,
        plan_id: id,
        remind_at: due,
        wall_time: wallTime(due),
        zone: 'UTC',
        notified_for: due <= now ? due : null,
        created_at: started,
        updated_at: started,
      })
  }

  const underWay = Math.min(size.plans, openLeads.length * 2)
  for (let index = 0; index < underWay; index++)
    addPlan(index, openLeads[index >> 1] ?? 0, { isOver: false })
  for (let index = size.plans; index < size.plans * 1.5; index++)
    addPlan(index, random.pick(closedLeads), { isOver: true })
}

function addEmails(connection: Database.Database, options: WorkOptions) {
  const { size, random, now, phrase } = options
  const add = inserter(connection, 'email_message')
  for (let index = 0; index < size.emails; index++) {
    const { lead, contact, owner } = linksOf(options, random.below(size.leads))
    const at = now - random.below(60) * day - random.below(day)
    // None is approved: the benchmark sends nothing.
    const state = random.below(3) === 0 ? 'draft' : random.pick(['sent', 'sent', 'sent', 'failed'])
    add({
      id: generatedId('email', index),
      state,
      user_id: owner,
      lead_id: lead,
      contact_id: contact,
      to_address: `someone.${index}@mail.example`,
      subject: phrase(4),
      body: phrase(60),
      message_id: `${index}@rapport.example`,
      content_hash: `hash-${index % 500}`,
      next_attempt_at: at,
      sent_at: state === 'sent' ? at : null,
      created_at: at,
      updated_at: at,
    })
  }
}
