/** Instants as ISO text, as `Date` writes them; lists do it hundreds of times each. */

const second = 1000
const minute = 60 * second
const hour = 60 * minute
const day = 24 * hour
/** From here on years have more than four digits. */
const year10000 = 253_402_300_800_000

const padded = (count: number, digits: number): readonly string[] =>
  Array.from({ length: count }, (_, value) => String(value).padStart(digits, '0'))
const two = padded(60, 2)
const three = padded(1000, 3)

/**
 * The same as `new Date(milliseconds).toISOString()`, in less than half the time.
 * @throws RangeError where it is no instant
 */
export function instantText(milliseconds: number): string {
  if (!(milliseconds >= 0 && milliseconds < year10000)) return new Date(milliseconds).toISOString()
  const days = Math.floor(milliseconds / day)
  const rest = Math.floor(milliseconds - days * day)
  // The proleptic Gregorian calendar in years that begin in March, so that a leap day is the last day of one:
  // https://howardhinnant.github.io/date_algorithms.html#civil_from_days
  const sinceMarch0000 = days + 719_468
  const era = Math.floor(sinceMarch0000 / 146_097)
  const dayOfEra = sinceMarch0000 - era * 146_097
  const yearOfEra = Math.floor(
    (dayOfEra -
      Math.floor(dayOfEra / 1460) +
      Math.floor(dayOfEra / 36_524) -
      Math.floor(dayOfEra / 146_096)) /
      365,
  )
  const dayOfYear =
    dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100))
  const fromMarch = Math.floor((5 * dayOfYear + 2) / 153)
  const date = dayOfYear - Math.floor((153 * fromMarch + 2) / 5) + 1
  const month = fromMarch < 10 ? fromMarch + 3 : fromMarch - 9
  const year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
  const hours = Math.floor(rest / hour)
  const minutes = Math.floor(rest / minute) % 60
  const seconds = Math.floor(rest / second) % 60
  return `${year}-${two[month]}-${two[date]}T${two[hours]}:${two[minutes]}:${two[seconds]}.${three[rest % second]}Z`
}
