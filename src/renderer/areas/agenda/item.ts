/** An item of the agenda as the screens know it: its icon, its page, the record it is about. */
import { type Icon, IconBell, IconCheckbox, IconFileText } from '@tabler/icons-react'
import type { AgendaItem } from '../../../contract/agenda'
import { recordPath } from '../../app/records'
import { recordOf } from '../activities/links'
import { iconOf } from '../activities/words'

export function itemIcon({ kind, type }: Pick<AgendaItem, 'kind' | 'type'>): Icon {
  if (kind === 'reminder') return IconBell
  if (type === null || type === 'other') return IconCheckbox
  return type === 'proposal' ? IconFileText : iconOf(type)
}

/** Where an item is seen whole. A planned activity stands on the timeline of its record. */
export function itemPath(item: AgendaItem): string {
  if (item.kind !== 'activity') return recordPath(item.kind, item.id)
  const about = recordOf(item)
  return about
    ? `${recordPath(about.kind, about.record.id)}?activity=${item.id}`
    : recordPath('activity', item.id)
}

/** Where the record is that it is about; the item itself where it is about none. */
export function aboutPath(item: AgendaItem): string {
  const about = recordOf(item)
  return about ? recordPath(about.kind, about.record.id) : itemPath(item)
}
