/** The jobs that gather: what is overdue, what comes up, stale leads, and the summary of the day. */
import type { Kernel } from '../../kernel/kernel'
import { quietSinceSql } from '../../kernel/time/past'
import { dateIn, endOfDay, startOfDay, zonedTime } from '../../kernel/time/zone'
import { dailyHour, type Post } from '../notifications/notifications'
import { type AnnouncingNeeds, keyOf, withoutRepeats } from './due'
import { type Item, timeOf, toDigestItem } from './items'

const minute = 60_000
const hour = 60 * minute
const day = 24 * hour
/** What is still open an hour after it was due, or after its whole day, is announced once more. */
const overdueAfter = hour
/** The hour of the day from which the summary of the day is of no use any more. */
const summaryUntil = 12
/** How far ahead people are notified; what is due sooner is announced when it is due. */
const ahead = { from: 5 * minute, to: hour + 5 * minute }

export function createDigests(
  { database, clock, watch }: Kernel,
  { notifications, items, announced }: AnnouncingNeeds,
) {
  /** Each person's part of these, as far as it was not announced before; answers how many people were notified. */
  function tellEach(
    found: Item[],
    topic: 'overdue' | 'upcoming',
    post: Post,
    title: (count: number) => string,
  ): number {
    const now = clock.now()
    const fresh = found.filter(
      (item) => item.user_id !== null && announced.add(`${topic}:${keyOf(item)}`),
    )
    const people = Map.groupBy(fresh, (item) => item.user_id as string)
    for (const [userId, all] of people) {
      if (!watch.at('user', userId)) continue
      const own = withoutRepeats(all)
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
    }
    return people.size
  }

  function overdue(): string | null {
    const now = clock.now()
    return peopleWords(
      notifications.tell((post) =>
        tellEach(
          items.over(now - day - overdueAfter, now - overdueAfter, notifications.zoneOf),
          'overdue',
          post,
          (count) => (count === 1 ? 'Still open' : `${count} things are still open`),
        ),
      ),
    )
  }

  function upcoming(): string | null {
    const now = clock.now()
    const found = items
      .open(now + ahead.from, now + ahead.to, 'UTC')
      // A reminder comes by itself; what takes the day was in its summary.
      .filter((item) => item.kind !== 'reminder' && item.day === null)
    return peopleWords(
      notifications.tell((post) =>
        tellEach(found, 'upcoming', post, (count) =>
          count === 1 ? 'Coming up' : `${count} things are coming up`,
        ),
      ),
    )
  }

  /** Open leads in which nothing happened for as long as their stage allows, and with nothing planned. */
  function staleLeads(): string | null {
    const now = clock.now()
    const touched = quietSinceSql('lead.stage_entered_at', 'lead.last_activity_at')
    const found = database.all<{ id: string; title: string; owner_id: string; touched: number }>(
      `select lead.id, lead.title, lead.owner_id,
         ${touched} as touched
       from stage join lead indexed by lead_signals on lead.stage_id = stage.id
         join user on user.id = lead.owner_id and user.active = 1 and user.deleted_at is null
       where stage.rotting_days is not null and lead.status = 'open' and lead.deleted_at is null
         and lead.next_step_at is null
         and ${touched} < ? - stage.rotting_days * ${day}
         and not exists (select 1 from task where lead_id = lead.id and status in ('pending', 'in_progress')
           and task.deleted_at is null)
         and not exists (select 1 from reminder where lead_id = lead.id and reminder.due_at is not null)
       order by touched`,
      ...[now, now, now, now, now],
    )
    const people = notifications.tell((post) => {
      const fresh = found.filter(({ id, touched }) => announced.add(`stale:${id}:${touched}`))
      const owners = Map.groupBy(fresh, (lead) => lead.owner_id)
      for (const [userId, own] of owners) {
        const [first] = own as [(typeof own)[number]]
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
      }
      return owners.size
    })
    return peopleWords(people)
  }

  const people = () =>
    database.all<{ id: string }>('select id from user where active = 1 and deleted_at is null')

  /**
   * At eight in the morning of each person: what is overdue and what today holds. Who was away until
   * noon gets none: the day is half over, and Today shows it all.
   */
  function dailySummary(): string | null {
    const now = clock.now()
    let skipped = 0
    const summed = notifications.tell((post) => {
      let count = 0
      for (const { id: userId } of people()) {
        if (!watch.at('user', userId)) continue
        const zone = notifications.zoneOf(userId)
        const { hour: local } = zonedTime(now, zone)
        if (local < dailyHour) continue
        const date = dateIn(now, zone)
        if (local < summaryUntil) {
          if (summarise(post, userId, date, zone)) count++
        } else if (summarise((summary) => !isPosted(summary.key), userId, date, zone)) skipped++
      }
      return count
    })
    const late = `Skipped for ${skipped} ${skipped === 1 ? 'person' : 'people'}: it was past noon.`
    return [peopleWords(summed), skipped > 0 ? late : null].filter(Boolean).join(' ') || null
  }

  const isPosted = (key: string) =>
    database.get('select 1 from notification where key = ?', key) !== undefined

  function summarise(post: Post, userId: string, date: string, zone: string): boolean {
    const key = `daily_summary:${userId}:${date}`
    if (isPosted(key)) return false
    const [from, to] = [startOfDay(date, zone), endOfDay(date, zone)]
    const before = items.countBefore(userId, from, zone)
    const today = items.open(from, to, zone).filter((item) => item.user_id === userId)
    if (before + today.length === 0) return false
    const parts = [
      ...(before > 0 ? [`${before} overdue`] : []),
      ...(today.length > 0 ? [`${today.length} due today`] : []),
    ]
    const now = clock.now()
    return post({
      userId,
      kind: 'daily_summary',
      key,
      title: `Your day: ${parts.join(', ')}`,
      body: today
        .slice(0, 4)
        .map((item) => `${timeOf(item, now, zone)}  ${item.title}`)
        .join('\n'),
      items: today.map(toDigestItem),
    })
  }

  return { overdue, upcoming, staleLeads, dailySummary }
}

const peopleWords = (people: number): string | null =>
  people === 0 ? null : `Told ${people} ${people === 1 ? 'person' : 'people'}.`
