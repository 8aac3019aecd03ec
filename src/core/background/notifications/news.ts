/**
 * What others did that somebody should hear of: work given to them or taken from them, their leads
 * moved, deals won.
 */
import type { Kernel } from '../../kernel/kernel'
import { reaction } from '../../kernel/reactions/after'
import {
  createNewsEvents,
  type NewsEvent,
  type OwnedChange,
  owned,
  ownedTables,
} from './news-events'
import type { DigestItem, Post, Posting } from './post'

export function createNews({ database }: Kernel, { tell }: Posting) {
  const { eventsOf, by } = createNewsEvents(database)

  const news = reaction<NewsEvent>({
    name: 'notifications',
    tables: ownedTables,
    find: (changes) => (changes as readonly OwnedChange[]).flatMap(eventsOf),
    react: (events) =>
      tell((post) => {
        for (const group of groupsOf(events)) tellGroup(post, group)
      }),
  })

  /** One action tells a person one thing of a kind, however many rows it changed. */
  const groupsOf = (all: readonly NewsEvent[]): NewsEvent[][] => [
    ...Map.groupBy(
      all,
      ({ topic, table, userId, change }) => `${topic}:${table}:${change.batchId}:${userId}`,
    ).values(),
  ]

  function tellGroup(post: Post, group: NewsEvent[]): void {
    const [first] = group as [NewsEvent]
    const { topic, table, userId, change } = first
    const isOne = group.length === 1 && change.kind !== 'import'
    post({
      userId,
      kind: topic === 'taken' || topic === 'deleted' ? 'assignment' : topic,
      key: `${topic}:${table}:${change.batchId}:${userId}`,
      title: isOne ? first.title : titleOfMany(first, group.length, by(change)),
      record: isOne && !first.hidden ? { kind: table, id: change.rowId } : null,
      items: isOne ? [] : group.map(toItem),
    })
  }

  return news
}

const toItem = ({ name, table, change, hidden }: NewsEvent): DigestItem => ({
  title: name,
  at: change.at,
  record: hidden ? null : { kind: table, id: change.rowId },
})

function titleOfMany({ topic, table, change }: NewsEvent, count: number, by: string): string {
  const { many } = owned[table]
  // An import continues after its first rows were read.
  if (change.kind === 'import')
    return topic === 'assignment' ? `An import gave you ${many}` : `An import changed your ${many}`
  if (topic === 'assignment') return `${by} gave you ${count} ${many}`
  if (topic === 'taken') return `${by} gave ${count} of your ${many} to others`
  if (topic === 'deleted') return `${by} deleted ${count} of your ${many}`
  return topic === 'stage_move' ? `${by} moved ${count} of your ${many}` : `${count} deals were won`
}
