/** What an entry of the calendar is, as a small sign. */
import type { AgendaItem } from '../../../../contract/agenda/today'
import { kinds } from '../../../app/records'
import { itemIcon } from '../today/item'

export function KindIcon({ item, size = 15 }: { item: AgendaItem; size?: number }) {
  const Icon = itemIcon(item)
  return <Icon size={size} stroke={1.8} role="img" aria-label={kinds[item.kind].one} />
}
