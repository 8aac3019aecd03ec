/** Several tags in one cell: as exports write them, and as they are divided again. */

/** Tags in one cell, read again by `tagsFromCell`: those with something in them that divides tags are in quotes. */
export const tagsInCell = (tags: readonly string[]): string =>
  tags.map((tag) => (/[;,|"\r\n]/.test(tag) ? `"${tag.replaceAll('"', '""')}"` : tag)).join('; ')

/** A tag in quotes, its own quotes doubled, or one without; then what divides it from the next. */
const tagBefore = (dividers: string) =>
  new RegExp(
    String.raw`\s*(?:"((?:[^"]|"")*)"\s*(?=[${dividers}]|$)|([^${dividers}]*))([${dividers}]|$)`,
    'y',
  )
const tagInCell = tagBefore(String.raw`;,|\r\n`)
const tagBeforeSemicolon = tagBefore(String.raw`;\r\n`)

/**
 * The parts between semicolons, commas, bars or line breaks, untrimmed.
 * @param ours an export: commas and bars divide nothing beside semicolons, as exports without quotes wrote `a,b; c`
 */
export function tagsFromCell(text: string, ours: boolean): string[] {
  const next = ours && text.includes(';') ? tagBeforeSemicolon : tagInCell
  const parts: string[] = []
  next.lastIndex = 0
  for (let at = 0; at < text.length; at = next.lastIndex) {
    const [, quoted, plain = ''] = next.exec(text) ?? []
    parts.push(quoted?.replaceAll('""', '"') ?? plain)
  }
  return parts
}
