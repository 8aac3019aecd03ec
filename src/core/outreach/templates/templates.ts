/** Templates and snippets: kept, checked, and filled in for a lead or contact. */
import type { CustomField } from '../../../contract/kernel/custom-fields'
import type {
  Placeholder,
  RenderedTemplate,
  Template,
  TemplateCreate,
  TemplateText,
  TemplateUpdate,
} from '../../../contract/outreach/templates'
import type { TemplateKind } from '../../../contract/outreach/words'
import type { Actor } from '../../kernel/actor'
import { seesAll } from '../../kernel/authorisation'
import { conflict, forbidden, invalid } from '../../kernel/errors'
import { nameFrom } from '../../kernel/fields/names'
import type { Kernel } from '../../kernel/kernel'
import { quoted } from '../../kernel/records/records'
import { createChecking } from './checking'
import { createFilling } from './filling'
import { createLanguage } from './liquid'
import { requireTemplate, selectTemplate, type TemplateRow, toTemplate } from './rows'
import { placeholdersOf } from './scope'
import { template } from './table'

export type { StepTexts } from './filling'
export { cleanHtml, textOfHtml } from './html'
export type { Subject } from './scope'
export type Templates = ReturnType<typeof createTemplates>

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
  const languages = {
    plain: createLanguage({ html: false }),
    formatted: createLanguage({ html: true }),
  }
  const placeholders = (): Placeholder[] => placeholdersOf(customFields(), snippets())
  const checking = createChecking(database, languages, placeholders)
  const { renderTemplate, renderTexts } = createFilling(database, {
    languages,
    checking,
    customFields,
  })
  const { requireSound } = checking

  const snippets = () =>
    database.all<TemplateRow>(
      `${selectTemplate} where template.kind = 'snippet' order by template.name collate nocase`,
    )

  /** Everybody uses all of them; a rep changes those it made. */
  function requireOwn(actor: Actor, id: string): TemplateRow {
    const row = requireTemplate(database, id)
    if (!seesAll(actor) && row.created_by !== actor.userId)
      throw forbidden(`Only who made this ${row.kind} or a manager may change it.`)
    return row
  }
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
    return toTemplate(requireTemplate(database, id))
  }

  /** A snippet keeps its key when it is renamed: templates still use that. */
  function update(actor: Actor, { id, ...patch }: TemplateUpdate & { id: string }): Template {
    const row = requireOwn(actor, id)
    requireSound(patch, row.kind)
    database.act(actor, { label: `Change ${row.kind} ${quoted(row.name)}` }, (writer) => {
      writer.update(template, id, patch)
    })
    return toTemplate(requireTemplate(database, id))
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
        .all<TemplateRow>(`${selectTemplate} where template.kind = 'template'`)
        .map(({ name, subject, body, html }) => ({ name, texts: [subject, body, html] })),
      ...textsElsewhere(actor),
    ]
      .filter(({ texts }) => texts.some((text) => text !== null && callsFor(text, key)))
      .map(({ name }) => name)

  function callsFor(text: string, key: string): boolean {
    if (!text.includes('snippets')) return false
    try {
      return languages.formatted.snippetsIn(text).includes(key)
    } catch {
      // What is being written and cannot be read calls for nothing yet.
      return false
    }
  }

  return {
    placeholders,
    checkTemplate: checking.checkTemplate,
    faultOfText: checking.faultOfText,
    renderTemplate,
    renderTexts,
    list: (kind?: TemplateKind): Template[] =>
      database
        .all<TemplateRow>(
          `${selectTemplate} ${kind ? 'where template.kind = ?' : ''} order by template.kind desc, template.name collate nocase`,
          ...(kind ? [kind] : []),
        )
        .map(toTemplate),
    get: (id: string) => toTemplate(requireTemplate(database, id)),
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
      return renderTemplate(templateId ? requireTemplate(database, templateId) : text, {
        leadId,
        contactId,
        userId: actor.userId,
      })
    },
  }
}
