/** Templates and snippets: kept, checked, and filled in for a lead or contact. */
import { LRUCache } from 'lru-cache'
import type { CustomField } from '../../../contract/kernel/custom-fields'
import type { TemplateKind } from '../../../contract/kernel/words'
import type {
  Placeholder,
  RenderedTemplate,
  Template,
  TemplateCreate,
  TemplateIssue,
  TemplateText,
  TemplateUpdate,
} from '../../../contract/outreach/templates'
import type { Actor } from '../../kernel/actor'
import { seesAll } from '../../kernel/authorisation'
import { type RowOf, toInstant, toReference } from '../../kernel/database/rows'
import { conflict, forbidden, invalid, invalidIssues, notFound } from '../../kernel/errors'
import { nameFrom } from '../../kernel/fields/names'
import type { Kernel } from '../../kernel/kernel'
import { quoted } from '../../kernel/records/records'
import { cleanHtml, textOfHtml } from './html'
import {
  Blank,
  createLanguage,
  escapeHtml,
  highlightMarks,
  Markup,
  piecesOf,
  type Scope,
  withoutMarks,
} from './liquid'
import { placeholdersOf, type Subject, scopeFor } from './scope'
import { template } from './table'

export { cleanHtml, textOfHtml } from './html'
export type { Subject } from './scope'
export type Templates = ReturnType<typeof createTemplates>
type TemplateRow = RowOf<typeof template> & { author_name: string | null }
/** As they are written, and as they are filled in. */
export interface StepTexts {
  subject: string | null
  body: string | null
}
type Text = { [K in 'subject' | 'body' | 'html']?: TemplateText[K] | undefined }

interface Needs {
  customFields(): CustomField[]
  /** @throws not_found where the actor may not see the record */
  requireVisible(
    actor: Actor,
    about: { leadId?: string | undefined; contactId?: string | undefined },
  ): void
  /** Texts that are kept elsewhere and may call for snippets, under the name of what they belong to. */
  textsElsewhere(actor: Actor): { name: string; texts: (string | null)[] }[]
}

export function createTemplates(
  { database }: Kernel,
  { customFields, requireVisible, textsElsewhere }: Needs,
) {
  const plain = createLanguage({ html: false })
  const formatted = createLanguage({ html: true })

  const select = `select template.*, user.name as author_name from template
    left join user on user.id = template.created_by`
  const toShape = (row: TemplateRow): Template => ({
    id: row.id,
    kind: row.kind,
    name: row.name,
    key: row.key,
    subject: row.subject,
    body: row.body,
    html: row.html,
    createdBy: toReference(row.created_by, row.author_name),
    createdAt: toInstant(row.created_at),
    updatedAt: toInstant(row.updated_at),
  })
  function requireRow(id: string): TemplateRow {
    const row = database.get<TemplateRow>(`${select} where template.id = ?`, id)
    if (!row) throw notFound('template')
    return row
  }
  /** Everybody uses all of them; a rep changes those it made. */
  function requireOwn(actor: Actor, id: string): TemplateRow {
    const row = requireRow(id)
    if (!seesAll(actor) && row.created_by !== actor.userId)
      throw forbidden(`Only who made this ${row.kind} or a manager may change it.`)
    return row
  }
  const snippets = () =>
    database.all<TemplateRow>(
      `${select} where template.kind = 'snippet' order by template.name collate nocase`,
    )

  const placeholders = (): Placeholder[] => placeholdersOf(customFields(), snippets())

  // Checking ------------------------------------------------------------------------------------

  /** Everything that keeps a text from being filled in; snippets call for no other snippets. */
  function checkTemplate(
    text: Text,
    { kind = 'template' }: { kind?: TemplateKind } = {},
  ): TemplateIssue[] {
    const paths = new Set(
      placeholders()
        .filter(({ group }) => kind === 'template' || group !== 'snippets')
        .map(({ path }) => path),
    )
    const known = (path: string) => paths.has(path)
    const fields = [
      ['subject', plain],
      ['body', plain],
      ['html', formatted],
    ] as const
    return fields.flatMap(([field, language]) =>
      language.check(text[field] ?? '', known).map((flaw) => ({ field, ...flaw })),
    )
  }

  function requireSound(text: Text, kind: TemplateKind) {
    const issues = checkTemplate(text, { kind })
    if (issues.length > 0)
      throw invalidIssues(
        issues.map(({ field, message, line, column }) => ({
          path: field,
          message: placedMessage({ message, line, column }),
        })),
      )
  }

  const faults = new LRUCache<string, { message: string | undefined }>({
    max: 300,
    maxSize: 1_000_000,
    sizeCalculation: (_, text) => text.length + 1,
  })
  let faultsAt = -1
  /**
   * What keeps a plain text from being filled in, as one message; undefined where nothing does. Kept until
   * the placeholders change: a queue asks of the same few texts.
   */
  function faultOfText(text: string): string | undefined {
    const stamp = database.stampOf('template custom_field')
    if (faultsAt !== stamp) faults.clear()
    faultsAt = stamp
    let known = faults.get(text)
    if (!known) {
      const issues = checkTemplate({ body: text })
      known = { message: issues.map(placedMessage).join('; ') || undefined }
      faults.set(text, known)
    }
    return known.message
  }

  // Filling in ----------------------------------------------------------------------------------

  /** Fills texts in for one subject, and gathers what was blank or took its fallback. */
  function createFilling(subject: Subject) {
    const scope = scopeFor(database, subject, customFields())
    const blanks = new Set<string>()
    const defaulted = new Set<string>()
    const fillIn = (language: typeof plain, text: string, within: Scope): string => {
      const filled = language.fill(text, within)
      for (const name of filled.blanks) blanks.add(name)
      for (const name of filled.defaulted) defaulted.add(name)
      return filled.text
    }
    /** A snippet that was taken away meanwhile is blank. */
    const snippet = (key: string, html: boolean) => {
      const row = database.get<TemplateRow>(`${select} where template.key = ?`, key)
      if (!row) return new Blank(`snippets.${key}`)
      if (!html) return fillIn(plain, row.body || textOfHtml(row.html ?? ''), scope)
      return new Markup(
        row.html === null
          ? escapeHtml(fillIn(plain, row.body, scope)).replaceAll(/\r?\n/g, '<br>')
          : fillIn(formatted, row.html, scope),
      )
    }
    const fill = (language: typeof plain, text: string): string =>
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
    const { fill, blanks, defaulted } = createFilling(subject)
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

  // Keeping -------------------------------------------------------------------------------------

  function keyFor(name: string, id?: string): string {
    const key = nameFrom(name)
    if (!key) throw invalid('name', 'must contain a letter from a to z')
    if (database.get('select 1 from template where key = ? and id is not ?', key, id ?? null))
      throw invalid('name', `there is already a snippet ${key}`)
    return key
  }

  function create(actor: Actor, input: TemplateCreate): Template {
    requireSound(input, input.kind)
    const key = input.kind === 'snippet' ? keyFor(input.name) : null
    let id = ''
    database.act(actor, { label: `Create ${input.kind} ${quoted(input.name)}` }, (writer) => {
      id = writer.insert(template, { ...input, key, createdBy: actor.userId })
    })
    return toShape(requireRow(id))
  }

  /** A snippet keeps its key when it is renamed: templates go on calling it by that. */
  function update(actor: Actor, { id, ...patch }: TemplateUpdate & { id: string }): Template {
    const row = requireOwn(actor, id)
    requireSound(patch, row.kind)
    database.act(actor, { label: `Change ${row.kind} ${quoted(row.name)}` }, (writer) => {
      writer.update(template, id, patch)
    })
    return toShape(requireRow(id))
  }

  function remove(actor: Actor, id: string) {
    const row = requireOwn(actor, id)
    const users = row.key === null ? [] : callersOf(actor, row.key)
    if (users.length > 0) throw conflict(`This snippet is used by ${users.map(quoted).join(', ')}.`)
    database.act(actor, { label: `Delete ${row.kind} ${quoted(row.name)}` }, (writer) => {
      writer.remove(template, id)
    })
    return { id }
  }

  const callersOf = (actor: Actor, key: string): string[] =>
    [
      ...database
        .all<TemplateRow>(`${select} where template.kind = 'template'`)
        .map(({ name, subject, body, html }) => ({ name, texts: [subject, body, html] })),
      ...textsElsewhere(actor),
    ]
      .filter(({ texts }) => texts.some((text) => text !== null && callsFor(text, key)))
      .map(({ name }) => name)

  function callsFor(text: string, key: string): boolean {
    if (!text.includes('snippets')) return false
    try {
      return formatted.snippetsIn(text).includes(key)
    } catch {
      // What is being written and cannot be read calls for nothing yet.
      return false
    }
  }

  /** The texts of a step, as far as each can be filled in: else as it is written. */
  function renderTexts(texts: StepTexts, subject: Subject): StepTexts & { blanks: string[] } {
    let filling: ReturnType<typeof createFilling> | undefined
    const filled = (text: string | null) => {
      if (!text?.includes('{') || faultOfText(text) !== undefined) return text
      filling ??= createFilling(subject)
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

  return {
    placeholders,
    checkTemplate,
    faultOfText,
    renderTemplate,
    renderTexts,
    list: (kind?: TemplateKind): Template[] =>
      database
        .all<TemplateRow>(
          `${select} ${kind ? 'where template.kind = ?' : ''} order by template.kind desc, template.name collate nocase`,
          ...(kind ? [kind] : []),
        )
        .map(toShape),
    get: (id: string) => toShape(requireRow(id)),
    create,
    update,
    remove,
    render(
      actor: Actor,
      {
        templateId,
        leadId,
        contactId,
        ...text
      }: TemplateText & {
        templateId?: string | undefined
        leadId?: string | undefined
        contactId?: string | undefined
      },
    ): RenderedTemplate {
      requireVisible(actor, { leadId, contactId })
      return renderTemplate(templateId ? requireRow(templateId) : text, {
        leadId,
        contactId,
        userId: actor.userId,
      })
    },
  }
}

const placedMessage = ({ message, line, column }: Omit<TemplateIssue, 'field'>): string =>
  `${message} (line ${line}, column ${column})`

/** Headers are one line. */
const oneLine = (text: string) => text.replaceAll(/\s+/g, ' ').trim()
