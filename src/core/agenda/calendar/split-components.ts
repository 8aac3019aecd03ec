/** Takes a calendar file apart into its components, so that a broken one is alone in being broken. */
import { invalid } from '../../kernel/errors'

export interface RawComponent {
  /** In capitals: VEVENT, VTODO, VTIMEZONE … */
  name: string
  /** Its unfolded lines, BEGIN and END included. */
  lines: string[]
  /** Why it cannot be relied on. */
  fault: string | undefined
}

export interface RawCalendar {
  components: RawComponent[]
  /** Properties of the calendar itself, in capitals. */
  properties: Map<string, string>
}

export const mostItems = 20_000
const mostLines = 1_000_000
const deepest = 8
const mostLinesOfItem = 5000
const mostParameters = 500
const longestLine = 1024 * 1024

/**
 * Several calendars in one file are read as one; what is outside any counts, too.
 * @throws invalid (file) where it holds more than anybody can mean
 */
export function splitComponents(text: string): RawCalendar {
  const components: RawComponent[] = []
  const properties = new Map<string, string>()
  let current: RawComponent | undefined
  /** Names of the components that are open within the current one. */
  let open: string[] = []
  const finish = (fault?: string) => {
    if (!current) return
    current.fault ??= fault
    components.push(current)
    if (components.length > mostItems)
      throw invalid('file', `must hold at most ${mostItems} events`)
    current = undefined
    open = []
  }

  for (const line of unfold(text)) {
    const [, word = '', name = ''] = /^(BEGIN|END)\s*:\s*([\w-]+)\s*$/i.exec(line) ?? []
    const named = name.toUpperCase()
    if (named === 'VCALENDAR') {
      finish('it has no end')
      continue
    }
    if (!current) {
      if (word.toUpperCase() === 'BEGIN') {
        current = { name: named, lines: [line], fault: undefined }
        open = [named]
      } else {
        const colon = line.indexOf(':')
        const [property = ''] = colon < 0 ? [] : (/^[\w-]+/.exec(line) ?? [])
        if (property && !properties.has(property.toUpperCase()))
          properties.set(property.toUpperCase(), line.slice(colon + 1))
      }
      continue
    }
    if (line.length > longestLine) {
      // Files that are packed into an event are of no use here.
      if (!/^(ATTACH|IMAGE|X-)/i.test(line)) current.fault ??= 'a line of it is too long'
      continue
    }
    if (hasTooManyParameters(line)) current.fault ??= 'a line of it has too many parameters'
    if (open.length > deepest) {
      // Whatever it holds is set aside with it, up to its own end.
      if (word.toUpperCase() === 'END' && named === current.name) finish()
      else if (current.lines.length < 2000) current.lines.push(line)
      continue
    }
    if (word.toUpperCase() === 'BEGIN') {
      // A sibling that begins before its brother ended.
      if (named === current.name && open.length === 1) {
        finish('it has no end')
        current = { name: named, lines: [line], fault: undefined }
        open = [named]
        continue
      }
      open.push(named)
      if (open.length > deepest) current.fault ??= 'it is nested too deeply'
    }
    if (current.lines.length >= mostLinesOfItem) current.fault ??= 'it has too many lines'
    if (current.fault === undefined || current.lines.length < 2000) current.lines.push(line)
    if (word.toUpperCase() !== 'END') continue
    const at = open.lastIndexOf(named)
    if (at < 0) current.fault ??= `it ends a ${named} that never began`
    else {
      if (at !== open.length - 1) current.fault ??= `its ${open.at(-1)} has no end`
      open.length = at
      if (at === 0) finish()
    }
  }
  finish('it has no end')
  return { components, properties }
}

/** Counted before the colon that ends them; the parser takes the square of their number. */
function hasTooManyParameters(line: string): boolean {
  if (line.length < 2 * mostParameters) return false
  let parameters = 0
  let quoted = false
  for (const character of line) {
    if (character === '"') quoted = !quoted
    else if (quoted) continue
    else if (character === ':') return false
    else if (character === ';') parameters += 1
    if (parameters > mostParameters) return true
  }
  return false
}

/** Lines that were folded, put together again; ends of any kind. */
function* unfold(text: string): Generator<string> {
  let line: string | undefined
  let start = 0
  let lines = 0
  const end = text.length
  while (start <= end) {
    let stop = start
    while (stop < end && text[stop] !== '\n' && text[stop] !== '\r') stop++
    const next = text.slice(start, stop)
    start = text[stop] === '\r' && text[stop + 1] === '\n' ? stop + 2 : stop + 1
    lines += 1
    if (lines > mostLines) throw invalid('file', `must have at most ${mostLines} lines`)
    if (line !== undefined && (next.startsWith(' ') || next.startsWith('\t'))) line += next.slice(1)
    else {
      if (line) yield line
      line = next
    }
  }
  if (line) yield line
}
