/** The summary of the day: what is overdue and what today holds, told to each person at eight of its own morning. */
import type { Kernel } from '../../kernel/kernel'
import type { InPortions } from '../../kernel/portions/portions'
import { dateIn, endOfDay, startOfDay, zonedTime } from '../../kernel/time/zone'
import { dailyHour, type Post } from '../notifications/notifications'
import { peopleWords } from './digests'
import type { AnnouncingNeeds } from './due'
import { timeOf, toDigestItem } from './items'

/** The hour of the day from which the summary of the day is of no use any more. */
const summaryUntil = 12

export function createDailySummary(
  { database, clock, watch }: Kernel,
  { notifications, items }: Pick<AnnouncingNeeds, 'notifications' | 'items'>,
) {
  const people = () =>
    database.all<{ id: string }>('select id from user where active = 1 and deleted_at is null')

  const isPosted = (key: string) =>
    database.get('select 1 from notification where key = ?', key) !== undefined

  function summarise(post: Post, userId: string, date: string, zone: string): boolean {
    const key = `daily_summary:${userId}:${date}`
    if (isPosted(key)) return false
    const [from, to] = [startOfDay(date, zone), endOfDay(date, zone)]
    const before = items.countBefore(userId, from, zone)
    const today = items.openOf(userId, from, to, zone)
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

  /**
   * At eight in the morning of each person: what is overdue and what today holds. Who was away until
   * noon gets none: the day is half over, and Today shows it all.
   */
  return async function dailySummary(inPortions: InPortions): Promise<string | null> {
    const now = clock.now()
    let summed = 0
    let skipped = 0
    await notifications.tellInPortions(inPortions, people(), (post, { id: userId }) => {
      if (!watch.at('user', userId)) return
      const zone = notifications.zoneOf(userId)
      const { hour: local } = zonedTime(now, zone)
      if (local < dailyHour) return
      const date = dateIn(now, zone)
      if (local < summaryUntil) {
        if (summarise(post, userId, date, zone)) summed++
      } else if (summarise((summary) => !isPosted(summary.key), userId, date, zone)) skipped++
    })
    const late = `Skipped for ${skipped} ${skipped === 1 ? 'person' : 'people'}: it was past noon.`
    return [peopleWords(summed), skipped > 0 ? late : null].filter(Boolean).join(' ') || null
  }
}
