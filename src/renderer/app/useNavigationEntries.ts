/** The places the caller may go to, in order. */
import { areas } from './areas'
import { useMe } from './session'

export function useNavigationEntries() {
  const permissions = useMe()?.permissions
  const entries = areas
    .flatMap((area) => area.navigation ?? [])
    .filter(({ permission }) => !permission || !permissions || permissions.includes(permission))
    .toSorted((first, second) => first.order - second.order)
  return {
    main: entries.filter((entry) => entry.section === 'main'),
    more: entries.filter((entry) => entry.section === 'more'),
    onPhone: entries.filter((entry) => entry.onPhone),
  }
}
