/** The template language: placeholders, a few filters and conditions, and nothing that reaches further. */
import { Drop, Liquid, LiquidError, type Template as Parsed, type StaticAnalysis } from 'liquidjs'
import { LRUCache } from 'lru-cache'
import type { TextPiece } from '../../../contract/outreach/templates'
import { changeTags, excessOf, splitTagIn } from './tags'

/** What placeholders are filled in with. */
export type Value = string | Blank | Markup
export interface Scope {
  [name: string]: Value | Scope
}

/** A placeholder without a value; it remembers its name wherever it is handed. */
export class Blank extends Drop {
  readonly name: string
  constructor(name: string) {
    super()
    this.name = name
  }
  override valueOf(): string {
    return ''
  }
}

/** HTML that goes in as it is: snippets, which are templates themselves. */
export class Markup extends Drop {
  readonly html: string
  constructor(html: string) {
    super()
    this.html = html
  }
  override valueOf(): string {
    return this.html
  }
}

/** Around the name of a placeholder without a value in a filled text; no text has these characters. */
const markStart = '\uFDD0'
const markEnd = '\uFDD1'
const marks = /\uFDD0([^\uFDD1]*)\uFDD1?|\uFDD1/g

/** The filled text as it goes out: what is blank is left out. */
export const withoutMarks = (filled: string): string => filled.replaceAll(marks, '')

/** The same in pieces, those in the place of something blank being its name. */
export function piecesOf(filled: string): TextPiece[] {
  const pieces: TextPiece[] = []
  let end = 0
  for (const match of filled.matchAll(marks)) {
    if (match.index > end) pieces.push({ text: filled.slice(end, match.index), blank: false })
    if (match[1]) pieces.push({ text: match[1], blank: true })
    end = match.index + match[0].length
  }
  if (end < filled.length) pieces.push({ text: filled.slice(end), blank: false })
  return pieces
}

/** Text of HTML with what is blank standing out; the names of placeholders need no escaping. */
export const highlightMarks = (filled: string): string =>
  filled.replaceAll(marks, (_, name?: string) => (name ? `<mark>${name}</mark>` : ''))

export interface Flaw {
  message: string
  line: number
  column: number
}
export interface Filled {
  /** With a mark in the place of everything blank. */
  text: string
  blanks: string[]
  defaulted: string[]
}

const tags = ['if', 'unless', 'case', 'comment', 'raw']
/** Besides `default`. They take and give text. */
const filters = [
  ...['upcase', 'downcase', 'capitalize', 'strip', 'lstrip', 'rstrip', 'truncate', 'truncatewords'],
  ...['append', 'prepend', 'replace', 'replace_first', 'remove', 'date'],
]

/** A page of text with everything filled in is far below these. */
const limits = { parseLimit: 200_000, renderLimit: 250, memoryLimit: 5_000_000 }
const longest = 500_000

/**
 * Each replacement may be a thousand times as long as what it replaces, and the next works on that:
 * what comes out is estimated before it is made.
 * @throws Error where it is too long
 */
function requireModest(filter: string, value: unknown, [pattern, replacement]: unknown[]) {
  const length = String(value ?? '').length
  const places = filter === 'replace' ? length / Math.max(1, String(pattern ?? '').length) + 1 : 0
  if (length + places * String(replacement ?? '').length > longest) throw new Error(tooLong)
}
const tooLong = 'This text becomes too long.'

export const escapeHtml = (text: string): string =>
  text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;')

export type Language = ReturnType<typeof createLanguage>
/** Of plain texts, and of HTML. */
export interface Languages {
  plain: Language
  formatted: Language
}

/** @param html whether values go into HTML: then they are escaped, and keep their lines */
export function createLanguage({ html }: { html: boolean }) {
  let found = { blanks: new Set<string>(), defaulted: new Set<string>() }

  const write = (value: unknown): string => {
    if (value instanceof Blank) {
      found.blanks.add(value.name)
      return `${markStart}${value.name}${markEnd}`
    }
    if (value instanceof Markup) return value.html
    const text = value === null || value === undefined ? '' : String(value)
    return html ? escapeHtml(text).replaceAll(/\r?\n/g, '<br>') : text
  }

  const engine = new Liquid({
    ...limits,
    strictVariables: true,
    strictFilters: true,
    ownPropertyOnly: true,
    // A condition on something blank does not hold.
    jsTruthy: true,
    // Looked up among none, so that no file is ever opened.
    templates: {},
    outputEscape: write,
  })
  for (const name of Object.keys(engine.tags)) if (!tags.includes(name)) delete engine.tags[name]
  const all = { ...engine.filters }
  for (const name of Object.keys(all)) delete engine.filters[name]
  for (const name of filters) {
    const filter = all[name]
    if (typeof filter !== 'function') throw new Error(`There is no filter ${name}.`)
    engine.registerFilter(name, function (value: unknown, ...args: unknown[]) {
      // What is blank stays so: "Dr. " before no name is no name, and no name after "Dr. " neither.
      const blank = [value, ...args].find((one) => one instanceof Blank)
      if (blank) return blank
      requireModest(name, value, args)
      return value instanceof Markup ? value : filter.call(this, value, ...args)
    })
  }
  engine.registerFilter('default', (value: unknown, fallback: unknown) => {
    if (!(value instanceof Blank)) return value
    found.defaulted.add(value.name)
    return fallback ?? ''
  })

  interface Understood {
    parsed: Parsed[]
    variables: StaticAnalysis['variables']
  }
  /** A queue fills the same few texts in for many leads: each is read once. */
  const understood = new LRUCache<string, Understood>({
    max: 300,
    // What is parsed takes many times its text.
    maxSize: 1_000_000,
    sizeCalculation: (_, source) => source.length + 1,
  })

  /** @throws LiquidError where the text cannot be read */
  function read(source: string): Understood {
    let found = understood.get(source)
    if (!found) {
      const excess = excessOf(source)
      if (excess) throw new Error(excess.message)
      const parsed = engine.parse(html ? withPlainTags(source) : source)
      found = { parsed, variables: engine.analyzeSync(parsed).variables }
      understood.set(source, found)
    }
    return found
  }

  return {
    /** What keeps this text from being filled in. `known` says whether a placeholder exists. */
    check(source: string, known: (path: string) => boolean): Flaw[] {
      let variables: Understood['variables']
      const excess = excessOf(source)
      if (excess) return [{ message: excess.message, ...placeOf(source, excess.index) }]
      const split = html ? splitTagIn(source) : undefined
      if (split !== undefined)
        return [{ message: 'formatting begins or ends within braces', ...placeOf(source, split) }]
      try {
        variables = read(source).variables
      } catch (error) {
        return [flawOf(error)]
      }
      return Object.values(variables)
        .flat()
        .map((variable) => ({
          path: variable.segments.map(String).join('.'),
          line: variable.location.row,
          column: variable.location.col,
        }))
        .filter(({ path }) => !known(path))
        .map(({ path, line, column }) => ({
          message: `there is no placeholder ${path}`,
          line,
          column,
        }))
        .sort((one, other) => one.line - other.line || one.column - other.column)
    },

    /** The snippets this text calls for. */
    snippetsIn(source: string): string[] {
      const { variables } = read(source)
      return [
        ...new Set((variables.snippets ?? []).map((variable) => String(variable.segments[1]))),
      ]
    },

    /** @throws LiquidError where `check` finds a flaw, or the text is beyond all measure */
    fill(source: string, scope: Scope): Filled {
      found = { blanks: new Set(), defaulted: new Set() }
      const text = String(engine.renderSync(read(source).parsed, scope))
      if (text.length > longest) throw new Error(tooLong)
      return { text, blanks: [...found.blanks], defaulted: [...found.defaulted] }
    },
  }
}

/** Editors write quotes and signs within braces as entities; there they are meant as themselves. */
const withPlainTags = (source: string) =>
  changeTags(source, (tag) =>
    tag
      .replaceAll('&lt;', '<')
      .replaceAll('&gt;', '>')
      .replaceAll('&quot;', '"')
      .replaceAll('&#39;', "'")
      .replaceAll('&nbsp;', ' ')
      .replaceAll('\u00a0', ' ')
      .replaceAll('&amp;', '&'),
  )

function placeOf(source: string, index: number): { line: number; column: number } {
  const before = source.slice(0, index)
  return {
    line: (before.match(/\n/g)?.length ?? 0) + 1,
    column: index - before.lastIndexOf('\n'),
  }
}

function flawOf(error: unknown): Flaw {
  if (!LiquidError.is(error)) return { message: messageOf(error), line: 1, column: 1 }
  const [line = 1, column = 1] = error.token.getPosition()
  return { message: messageOf(error), line, column }
}

const messageOf = (error: unknown): string =>
  (error instanceof Error ? error.message : String(error))
    .replace(/, line:\d+.*$/s, '')
    .replace(/^undefined filter: (.*)$/, 'there is no filter $1')
    .replace(/^tag "(.*)" not found$/, 'there is no tag $1')
