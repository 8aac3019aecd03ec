/** What represents a person where there is no room for the name. */

/** "Ann van Dyk" → "AD", "cher" → "CH". */
export function initialsOf(name: string): string {
  const words = name.trim().split(/[\s@.]+/)
  const [first = ''] = words
  const last = words.length > 1 ? (words.at(-1) ?? '') : ''
  const text = last
    ? `${[...first][0] ?? ''}${[...last][0] ?? ''}`
    : [...first].slice(0, 2).join('')
  return text.toLocaleUpperCase()
}

/** A hue that is always the same for a name, in degrees. */
export function hueOf(name: string): number {
  let hash = 0
  for (const character of name) hash = (hash * 31 + (character.codePointAt(0) ?? 0)) % 997
  return Math.round((hash / 997) * 360)
}
