/** An item of the agenda as the screens know it: its icon, its page, the record it is about. */
import { type Icon, IconBell, IconCheckbox, IconFileText, IconRoute } from '@tabler/icons-react'
import type { AgendaItem } from '../../../../contract/agenda/today'
import { recordPath } from '../../../app/records'
import { recordOf } from '../../timeline/activities/links'
import { iconOf } from '../../timeline/activities/words'
import { isInQueue, queuePath } from './cadenceQueue'

export function itemIcon({
  kind,
  type,
  about,
}: Pick<AgendaItem, 'kind' | 'type'> & Partial<Pick<AgendaItem, 'about'>>): Icon {
  if (about?.kind === 'plan') return IconRoute
  if (kind === 'reminder') return IconBell
  if (type === null || type === 'other') return IconCheckbox
  return type === 'proposal' ? IconFileText : iconOf(type)
}

/**
 * Where an item is seen whole. A planned activity is on the timeline of its record, the step of
 * a plan in the cadence queue, or until it is due in the plan's card on its record.
 */
export function itemPath(item: AgendaItem): string {
  if (item.about?.kind === 'plan')
    return isInQueue(item.at) ? queuePath(item.about.id, item.user?.id ?? null) : aboutPath(item)
  if (item.kind !== 'activity') return recordPath(item.kind, item.id)
  const about = recordOf(item)
  return about
    ? `${recordPath(about.kind, about.record.id)}?activity=${item.id}`
    : recordPath('activity', item.id)
}

/** Where the record is that it is about; the item itself where it is about none. */
export function aboutPath(item: AgendaItem): string {
  const about = recordOf(item)
  if (about) return recordPath(about.kind, about.record.id)
  return item.about?.kind === 'plan' ? '/queue' : itemPath(item)
}
