/** Undo of what people do with tasks and reminders, where one press makes, moves and ends further rows. */
import { join } from 'node:path'
import Database from 'better-sqlite3'
import fc from 'fast-check'
import { test } from 'vitest'
import { openTestCore, type TestCore } from '../../testing/testing'
import { expectTakenBack } from './testing'

const day = fc.integer({ min: 1, max: 28 })
const wallTime = fc
  .record({ day, hour: fc.nat({ max: 23 }), whole: fc.boolean() })
  .map(({ day, hour, whole }) => `2026-12-${two(day)}${whole ? '' : `T${two(hour)}:30`}`)
const two = (number: number) => String(number).padStart(2, '0')
const instant = day.map((day) => `2026-12-${two(day)}T09:00:00Z`)
const recurrence = fc.constantFrom(
  undefined,
  'FREQ=DAILY',
  'FREQ=WEEKLY;BYDAY=MO,FR',
  'FREQ=MONTHLY;BYMONTHDAY=-1',
  'FREQ=DAILY;COUNT=2',
)
/** Numbers of what is meant, among what is there. */
const which = fc.array(fc.nat(), { minLength: 1, maxLength: 4 })

const step = fc.oneof(
  fc.record({
    does: fc.constant('task' as const),
    wallTime,
    recurrence,
    reminderMinutes: fc.uniqueArray(fc.constantFrom(30, 60, 1440), { maxLength: 2 }),
  }),
  fc.record({ does: fc.constant('reminder' as const), wallTime, recurrence, about: fc.nat() }),
  fc.record({ does: fc.constant('plan' as const), at: instant }),
  fc.record({ does: fc.constant('lead' as const) }),
  fc.record({ does: fc.constantFrom('complete' as const, 'delete' as const), which }),
  fc.record({ does: fc.constant('snooze' as const), which, until: instant }),
  fc.record({ does: fc.constant('reschedule' as const), which, wallTime }),
  fc.record({
    does: fc.constantFrom(
      'dismiss' as const,
      'reopen' as const,
      'cancel' as const,
      'trash' as const,
    ),
    at: fc.nat(),
  }),
  fc.record({ does: fc.constant('rule' as const), at: fc.nat(), recurrence }),
)
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never

interface Thing {
  kind: 'task' | 'reminder' | 'activity'
  id: string
}

function thingsIn({ directory }: TestCore): Thing[] {
  const connection = new Database(join(directory, 'rapport.db'), { readonly: true })
  try {
    return (['task', 'reminder', 'activity'] as const).flatMap(
      (kind) =>
        connection
          .prepare(
            `select '${kind}' as kind, id from ${kind}
             where deleted_at is null ${kind === 'activity' ? `and category = 'manual'` : ''} order by seq`,
          )
          .all() as Thing[],
    )
  } finally {
    connection.close()
  }
}

async function perform(core: TestCore, step: Step): Promise<unknown> {
  const { client } = core
  const things = thingsIn(core)
  const ofKind = (kind: Thing['kind'], at: number): string | undefined => {
    const all = things.filter((thing) => thing.kind === kind)
    return all[at % Math.max(1, all.length)]?.id
  }
  const leads = (await client.leads.list({ sort: 'createdAt' })).items
  const leadId = leads.at(-1)?.id
  switch (step.does) {
    case 'lead':
      return client.leads.create({ title: 'Acme renewal' })
    case 'task':
      return client.tasks.create({
        title: 'Send the offer',
        wallTime: step.wallTime,
        reminderMinutes: step.reminderMinutes,
        ...(leadId && { leadId }),
        ...(step.recurrence && { recurrence: step.recurrence }),
      })
    case 'reminder': {
      const taskId = step.recurrence ? undefined : ofKind('task', step.about)
      return client.reminders.create({
        notes: 'Ring Ann',
        ...(taskId ? { taskId } : leadId ? { leadId } : {}),
        wallTime: step.wallTime.length === 10 ? `${step.wallTime}T09:00` : step.wallTime,
        ...(step.recurrence && { recurrence: step.recurrence }),
      })
    }
    case 'plan':
      return client.activities.create({
        type: 'call',
        scheduledAt: step.at,
        ...(leadId && { leadId }),
      })
    case 'trash':
      return leadId && client.leads.remove({ id: leadId })
    case 'rule': {
      const id = ofKind('task', step.at)
      return id && refusable(client.tasks.update({ id, recurrence: step.recurrence ?? null }))
    }
    case 'cancel': {
      const id = ofKind('task', step.at)
      return id && refusable(client.tasks.update({ id, status: 'cancelled' }))
    }
    case 'dismiss':
    case 'reopen': {
      const id = ofKind('reminder', step.at)
      return id && refusable(client.reminders[step.does]({ id }))
    }
  }
  if (things.length === 0) return
  const targets = [...new Set(step.which.map((at) => things[at % things.length]))].filter(
    (thing) => thing !== undefined,
  )
  const action =
    step.does === 'snooze'
      ? { type: step.does, until: step.until }
      : step.does === 'reschedule'
        ? { type: step.does, wallTime: step.wallTime }
        : { type: step.does }
  return refusable(client.agenda.act({ targets, action }))
}

/** What the CRM refuses, such as to reopen what is open, is no step. */
async function refusable(call: Promise<unknown>): Promise<void> {
  try {
    await call
  } catch (error) {
    if (!(error instanceof Error) || !('code' in error)) throw error
  }
}

test('any run of actions on tasks and reminders is taken back row for row, and done again by redo', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 3, maxLength: 14 }), async (steps) => {
      const core = await openTestCore()
      await expectTakenBack(core, steps, perform)
      await core.close()
    }),
    {
      numRuns: Number(process.env.RUNS ?? 12),
      // Put off together the reminder is changed for itself, and once more as it follows its task.
      examples: [
        [
          [
            { does: 'task', wallTime: '2026-12-03', recurrence: undefined, reminderMinutes: [60] },
            { does: 'snooze', which: [1, 0], until: '2026-12-05T09:00:00Z' },
          ],
        ],
      ],
    },
  )
}, 300_000)
