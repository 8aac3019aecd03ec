/** The jobs that gather: what is overdue, what comes up, and stale leads. */
import type { Kernel } from '../../kernel/kernel'
import { gather, type InPortions } from '../../kernel/portions/portions'
import { quietSinceSql } from '../../kernel/time/past'
import { type AnnouncingNeeds, keyOf, withoutRepeats } from './due'
import { type Item, timeOf, toDigestItem } from './items'

const minute = 60_000
const hour = 60 * minute
const day = 24 * hour
/** What is still open an hour after it was due, or after its whole day, is announced once more. */
const overdueAfter = hour
/** So many leads are looked at before the thread may be given back. */
const leadsAtOnce = 100
/** How far ahead people are notified; what is due sooner is announced when it is due. */
const ahead = { from: 5 * minute, to: hour + 5 * minute }

interface StaleLead {
  id: string
  title: string
  owner_id: string
  /** Since when nothing happened, epoch milliseconds. */
  touched: number
}

export function createDigests(
  { database, clock, watch }: Kernel,
  { notifications, items, announced }: AnnouncingNeeds,
) {
  /** Each person's part of these, as far as it was not announced before; answers how many people were notified. */
  async function tellEach(
    inPortions: InPortions,
    found: Item[],
    topic: 'overdue' | 'upcoming',
    title: (count: number) => string,
  ): Promise<number> {
    const now = clock.now()
    found.sort((one, other) => one.at - other.at)
    let told = 0
    await notifications.tellInPortions(
      inPortions,
      Map.groupBy(found, (item) => item.user_id),
      (post, [userId, all]) => {
        if (userId === null) return
        const fresh = all.filter((item) => announced.add(`${topic}:${keyOf(item)}`))
        if (fresh.length === 0) return
        told++
        if (!watch.at('user', userId)) return
        const own = withoutRepeats(fresh)
        const zone = notifications.zoneOf(userId)
        const [first] = own as [Item]
        post({
          userId,
          kind: topic,
          key: `${topic}:${userId}:${keyOf(first)}`,
          title: own.length === 1 ? `${title(1)}: ${first.title}` : title(own.length),
          body: own
            .slice(0, 3)
            .map((item) => `${timeOf(item, now, zone)}  ${item.title}`)
            .join('\n'),
          record: own.length === 1 ? toDigestItem(first).record : null,
          items: own.map(toDigestItem),
        })
      },
    )
    return told
  }

  async function overdue(inPortions: InPortions): Promise<string | null> {
    const now = clock.now()
    const found = await gather(
      inPortions,
      items.over(now - day - overdueAfter, now - overdueAfter, notifications.zoneOf),
    )
    return peopleWords(
      await tellEach(inPortions, found, 'overdue', (count) =>
        count === 1 ? 'Still open' : `${count} things are still open`,
      ),
    )
  }

  async function upcoming(inPortions: InPortions): Promise<string | null> {
    const now = clock.now()
    // A reminder comes by itself; what takes the day was in its summary.
    const found = await gather(
      inPortions,
      items.timed(['task', 'activity'], now + ahead.from, now + ahead.to),
    )
    return peopleWords(
      await tellEach(inPortions, found, 'upcoming', (count) =>
        count === 1 ? 'Coming up' : `${count} things are coming up`,
      ),
    )
  }

  /** Open leads in which nothing happened for as long as their stage allows, and with nothing planned. */
  async function staleLeads(inPortions: InPortions): Promise<string | null> {
    const found = await gather(inPortions, staleLeadsOfStages())
    found.sort((one, other) => one.touched - other.touched)
    let told = 0
    await notifications.tellInPortions(
      inPortions,
      Map.groupBy(found, (lead) => lead.owner_id),
      (post, [userId, all]) => {
        const own = all.filter(({ id, touched }) => announced.add(`stale:${id}:${touched}`))
        const [first] = own
        if (!first) return
        told++
        post({
          userId,
          kind: 'lead_stale',
          key: `lead_stale:${userId}:${first.id}:${first.touched}`,
          title:
            own.length === 1
              ? `Nothing planned for ${first.title}`
              : `${own.length} leads lie still with nothing planned`,
          body: own
            .slice(0, 3)
            .map(({ title }) => title)
            .join('\n'),
          record: own.length === 1 ? { kind: 'lead', id: first.id } : null,
          items: own.map(({ id, title, touched }) => ({
            title,
            at: touched,
            record: { kind: 'lead', id },
          })),
        })
      },
    )
    return peopleWords(told)
  }

  /** A stage after the other: what an index alone says of its leads, and then a few leads at a time. */
  function* staleLeadsOfStages(): Generator<StaleLead[]> {
    const now = clock.now()
    const touched = quietSinceSql('stage_entered_at', 'last_activity_at')
    const stages = database.all<{ id: string; rotting_days: number }>(
      'select id, rotting_days from stage where rotting_days is not null',
    )
    for (const stage of stages) {
      const quiet = database.all<{ seq: number; touched: number }>(
        `select seq, ${touched} as touched from lead indexed by lead_signals
         where stage_id = +? and status = 'open' and deleted_at is null and next_step_at is null and ${touched} < ?`,
        ...[now, now, stage.id, now, now, now - stage.rotting_days * day],
      )
      yield []
      for (let from = 0; from < quiet.length; from += leadsAtOnce) {
        const some = quiet.slice(from, from + leadsAtOnce)
        yield database.all<StaleLead>(
          `select lead.id, lead.title, lead.owner_id, some.value ->> 'touched' as touched
           from json_each(?) some join lead on lead.seq = some.value ->> 'seq'
             join user on user.id = lead.owner_id and user.active = 1 and user.deleted_at is null
           where lead.status = 'open' and lead.deleted_at is null and lead.next_step_at is null
             and not exists (select 1 from task where lead_id = lead.id and status in ('pending', 'in_progress')
               and task.deleted_at is null)
             and not exists (select 1 from reminder where lead_id = lead.id and reminder.due_at is not null)`,
          JSON.stringify(some),
        )
      }
    }
  }

  return { overdue, upcoming, staleLeads }
}

export const peopleWords = (people: number): string | null =>
  people === 0 ? null : `Told ${people} ${people === 1 ? 'person' : 'people'}.`
