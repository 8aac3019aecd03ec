/** Public holidays of countries and their regions, from a list that comes with the program. */
import Holidays from 'date-holidays'
import { LRUCache } from 'lru-cache'
import { addDays } from './working-time'

/** Country, region and year → names by ISO date. */
const known = new LRUCache<string, ReadonlyMap<string, string>>({ max: 300 })

export function holidaysOf(
  country: string,
  region: string | null,
  year: number,
): ReadonlyMap<string, string> {
  const key = `${country}/${region ?? ''}/${year}`
  let found = known.get(key)
  if (!found) {
    const calendar = region ? new Holidays(country, region) : new Holidays(country)
    const names = new Map<string, string>()
    for (const { date, start, end, name, type } of calendar.getHolidays(year) ?? []) {
      if (type !== 'public') continue
      const days = Math.max(1, Math.round((end.getTime() - start.getTime()) / 86_400_000))
      for (let day = 0; day < days; day++) {
        const at = addDays(date.slice(0, 10), day)
        if (!names.has(at)) names.set(at, name)
      }
    }
    found = names
    known.set(key, found)
  }
  return found
}

export function countriesWithHolidays() {
  const calendar = new Holidays()
  const named = (list: Record<string, string> | undefined) =>
    Object.entries(list ?? {})
      .map(([code, name]) => ({ code, name }))
      .sort((one, other) => one.name.localeCompare(other.name, 'en'))
  return named(calendar.getCountries('en')).map((country) => ({
    ...country,
    regions: named(calendar.getStates(country.code, 'en')),
  }))
}
