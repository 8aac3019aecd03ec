/** Finds the placeholders and conditions of a template in one pass, and holds them to what can be read quickly. */

/** Where a text leaves what can be read. */
export interface Excess {
  message: string
  index: number
}

/** More than a page of text needs; some of liquidjs' work rises with the square of each. */
const mostTags = 1000
const longestTag = 1000

/** The first tag that is one too many, or too long. */
export function excessOf(source: string): Excess | undefined {
  let count = 0
  for (const { start, end } of tagsIn(source)) {
    count += 1
    if (count > mostTags)
      return {
        message: `use at most ${mostTags} placeholders and conditions in one text`,
        index: start,
      }
    if (end !== undefined && end - start > longestTag)
      return { message: `use at most ${longestTag} characters between braces`, index: start }
  }
  return undefined
}

/** Braces with a tag in them, not in quotes: half of a placeholder is bold. */
const split = /^\{[{%](?:"[^"]*"|'[^']*'|[^{}"'])*?<\/?[a-z][^{}]*[}%]\}/i

/** Where formatting begins or ends within a placeholder; only in a text without excess. */
export function splitTagIn(source: string): number | undefined {
  for (const { start } of tagsIn(source))
    if (split.test(source.slice(start, start + longestTag))) return start
  return undefined
}

/** The text with each closed tag changed, braces included. */
export function changeTags(source: string, change: (tag: string) => string): string {
  let changed = ''
  let from = 0
  for (const { start, end } of tagsIn(source)) {
    if (end === undefined || start < from) continue
    changed += source.slice(from, start) + change(source.slice(start, end))
    from = end
  }
  return changed + source.slice(from)
}

/** `end` is behind the closing braces; undefined where there are none. After an open tag it looks on within it. */
function* tagsIn(source: string): Generator<{ start: number; end: number | undefined }> {
  const find = {
    '{{': createFinder(source, '{{'),
    '{%': createFinder(source, '{%'),
    '}}': createFinder(source, '}}'),
    '%}': createFinder(source, '%}'),
  }
  let at = 0
  for (;;) {
    const start = Math.min(find['{{'](at), find['{%'](at))
    if (start === Number.POSITIVE_INFINITY) return
    const close = find[source[start + 1] === '{' ? '}}' : '%}'](start + 2)
    const end = close === Number.POSITIVE_INFINITY ? undefined : close + 2
    yield { start, end }
    at = end ?? start + 1
  }
}

/** Remembers what it found, so that asking from one place after the other reads the text once. */
function createFinder(text: string, word: string): (from: number) => number {
  let found = -1
  return (from) => {
    if (found < from) {
      const index = text.indexOf(word, from)
      found = index < 0 ? Number.POSITIVE_INFINITY : index
    }
    return found
  }
}
