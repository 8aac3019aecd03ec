/** Fills templates and the texts of steps in for a lead, a contact and the user who writes. */
import type { CustomField } from '../../../contract/kernel/custom-fields'
import type { RenderedTemplate } from '../../../contract/outreach/templates'
import type { Database } from '../../kernel/database/database'
import { invalid } from '../../kernel/errors'
import type { Checking, Text } from './checking'
import { cleanHtml, textOfHtml } from './html'
import {
  Blank,
  escapeHtml,
  highlightMarks,
  type Language,
  type Languages,
  Markup,
  piecesOf,
  type Scope,
  withoutMarks,
} from './liquid'
import { selectTemplate, type TemplateRow } from './rows'
import { type Subject, scopeFor } from './scope'

/** As they are written, and as they are filled in. */
export interface StepTexts {
  subject: string | null
  body: string | null
}

export interface FillingNeeds {
  languages: Languages
  checking: Checking
  customFields(): CustomField[]
}

export function createFilling(database: Database, needs: FillingNeeds) {
  const { plain, formatted } = needs.languages
  const { requireSound, faultOfText } = needs.checking

  /** Fills texts in for one subject, and gathers what was blank or took its fallback. */
  function fillingFor(subject: Subject) {
    const scope = scopeFor(database, subject, needs.customFields())
    const blanks = new Set<string>()
    const defaulted = new Set<string>()
    const fillIn = (language: Language, text: string, within: Scope): string => {
      const filled = language.fill(text, within)
      for (const name of filled.blanks) blanks.add(name)
      for (const name of filled.defaulted) defaulted.add(name)
      return filled.text
    }
    /** A snippet that was taken away meanwhile is blank. */
    const snippet = (key: string, html: boolean) => {
      const row = database.get<TemplateRow>(`${selectTemplate} where template.key = ?`, key)
      if (!row) return new Blank(`snippets.${key}`)
      if (!html) return fillIn(plain, row.body || textOfHtml(row.html ?? ''), scope)
      return new Markup(
        row.html === null
          ? escapeHtml(fillIn(plain, row.body, scope)).replaceAll(/\r?\n/g, '<br>')
          : fillIn(formatted, row.html, scope),
      )
    }
    const fill = (language: Language, text: string): string =>
      fillIn(language, text, {
        ...scope,
        snippets: Object.fromEntries(
          language.snippetsIn(text).map((key) => [key, snippet(key, language === formatted)]),
        ),
      })
    return { fill, blanks, defaulted }
  }

  /**
   * Fills a text in for a lead, a contact and the user who writes. What has no value and no
   * fallback is left out of the text and named in `blanks`.
   * @throws invalid where `checkTemplate` finds something
   */
  function renderTemplate(source: Text, subject: Subject): RenderedTemplate {
    requireSound(source, 'template')
    const { fill, blanks, defaulted } = fillingFor(subject)
    try {
      const html = source.html ? fill(formatted, source.html) : null
      const subject = fill(plain, source.subject ?? '')
      const body =
        source.body || html === null ? fill(plain, source.body ?? '') : textOfHtml(cleanHtml(html))
      return {
        subject: oneLine(withoutMarks(subject)),
        body: withoutMarks(body),
        html: html === null ? null : cleanHtml(withoutMarks(html)),
        blanks: [...blanks].sort(),
        defaulted: [...defaulted].sort(),
        marked: {
          subject: piecesOf(oneLine(subject)),
          body: piecesOf(body),
          html: html === null ? null : withoutMarks(cleanHtml(html, highlightMarks)),
        },
      }
    } catch (error) {
      // What a template may spend is spent, or a filter met what it cannot work on.
      throw invalid('body', error instanceof Error ? error.message : String(error))
    }
  }

  /** The texts of a step, as far as each can be filled in: else as it is written. */
  function renderTexts(texts: StepTexts, subject: Subject): StepTexts & { blanks: string[] } {
    let filling: ReturnType<typeof fillingFor> | undefined
    const filled = (text: string | null) => {
      if (!text?.includes('{') || faultOfText(text) !== undefined) return text
      filling ??= fillingFor(subject)
      try {
        return withoutMarks(filling.fill(plain, text))
      } catch {
        // A filter met what it cannot work on.
        return text
      }
    }
    const [heading, body] = [filled(texts.subject), filled(texts.body)]
    return { subject: heading, body, blanks: [...(filling?.blanks ?? [])].sort() }
  }

  return { renderTemplate, renderTexts }
}

/** Headers are one line. */
const oneLine = (text: string) => text.replaceAll(/\s+/g, ' ').trim()
