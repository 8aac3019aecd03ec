/** Whether a text can be filled in: its syntax, and the placeholders it names. */
import { LRUCache } from 'lru-cache'
import type { Placeholder, TemplateIssue, TemplateText } from '../../../contract/outreach/templates'
import type { TemplateKind } from '../../../contract/outreach/words'
import type { Database } from '../../kernel/database/database'
import { invalidIssues } from '../../kernel/errors'
import type { Languages } from './liquid'

export type Checking = ReturnType<typeof createChecking>
/** Of a template or message; what is left out is empty. */
export type Text = { [K in 'subject' | 'body' | 'html']?: TemplateText[K] | undefined }

export function createChecking(
  database: Database,
  { plain, formatted }: Languages,
  placeholders: () => Placeholder[],
) {
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

  return { checkTemplate, requireSound, faultOfText }
}

const placedMessage = ({ message, line, column }: Omit<TemplateIssue, 'field'>): string =>
  `${message} (line ${line}, column ${column})`
