/** Templates of messages with placeholders, and the snippets they share. */
import * as z from 'zod'
import { may } from '../kernel/base'
import { editOf } from '../kernel/based-on'
import { ById, Id, Instant, LongText, line, lineOrEmpty, Reference } from '../kernel/shapes'
import { templateKinds } from './words'

const tags = ['Templates']

const text = {
  /** Liquid: `Hello {{ contact.first_name | default: "there" }}`. Snippets have none. */
  subject: lineOrEmpty(500).nullable(),
  body: LongText,
  /** The body with formatting; null: plain text only. Without a body its text part is made of it. */
  html: LongText.nullable(),
}
const fields = { kind: z.enum(templateKinds), name: line(120), ...text }

export const Template = z.object({
  id: Id,
  ...fields,
  /** What other templates write for a snippet: `{{ snippets.KEY }}`. */
  key: z.string().nullable(),
  createdBy: Reference.nullable(),
  createdAt: Instant,
  updatedAt: Instant,
})
export type Template = z.infer<typeof Template>
export const TemplateCreate = z.object({
  ...fields,
  kind: fields.kind.default('template'),
  subject: text.subject.default(null),
  body: text.body.default(''),
  html: text.html.default(null),
})
export type TemplateCreate = z.output<typeof TemplateCreate>
export const TemplateUpdate = z.object(fields).omit({ kind: true }).partial()
export type TemplateUpdate = z.output<typeof TemplateUpdate>

/** A text that may be filled in; what is left out is empty. */
export const TemplateText = z.object({
  subject: text.subject.default(null),
  body: text.body.default(''),
  html: text.html.default(null),
})
export type TemplateText = z.output<typeof TemplateText>

/** What is wrong with a text, and where; lines and columns are counted from 1. */
export const TemplateIssue = z.object({
  field: z.enum(['subject', 'body', 'html']),
  message: z.string(),
  line: z.number().int(),
  column: z.number().int(),
})
export type TemplateIssue = z.infer<typeof TemplateIssue>

export const Placeholder = z.object({
  /** As it is written between the braces, e.g. `contact.first_name`. */
  path: z.string(),
  group: z.enum(['contact', 'company', 'lead', 'user', 'snippets']),
  label: z.string(),
})
export type Placeholder = z.infer<typeof Placeholder>

/** A stretch of a filled text; `blank` ones name the placeholder that has no value. */
export const TextPiece = z.object({ text: z.string(), blank: z.boolean() })
export type TextPiece = z.infer<typeof TextPiece>

export const RenderedTemplate = z.object({
  subject: z.string(),
  /** The text part. */
  body: z.string(),
  html: z.string().nullable(),
  /** Placeholders that stand for nothing here: a message with any of them does not go out. */
  blanks: z.array(z.string()),
  /** Placeholders that were empty and took their fallback. */
  defaulted: z.array(z.string()),
  /** The same texts with what is blank in its place; in HTML it is in `<mark>`. */
  marked: z.object({
    subject: z.array(TextPiece),
    body: z.array(TextPiece),
    html: z.string().nullable(),
  }),
})
export type RenderedTemplate = z.infer<typeof RenderedTemplate>

export const templates = {
  list: may('read')
    .route({ method: 'GET', path: '/templates', tags })
    .input(z.object({ kind: z.enum(templateKinds).optional() }))
    .output(z.array(Template)),
  create: may('write')
    .route({ method: 'POST', path: '/templates', tags, successStatus: 201 })
    .input(TemplateCreate)
    .output(Template),
  /** What may be between braces here, custom fields and snippets included. */
  placeholders: may('read')
    .route({ method: 'GET', path: '/templates/placeholders', tags })
    .output(z.array(Placeholder)),
  /** Finds unknown placeholders and filters, and what cannot be read. */
  check: may('read')
    .route({ method: 'POST', path: '/templates/check', tags })
    .input(TemplateText)
    .output(z.array(TemplateIssue)),
  /** Fills in a template, or the text given, for a lead or a contact. */
  render: may('read')
    .route({ method: 'POST', path: '/templates/render', tags })
    .input(
      TemplateText.extend({
        templateId: Id.optional(),
        leadId: Id.optional(),
        contactId: Id.optional(),
      }).refine(({ leadId, contactId }) => leadId !== undefined || contactId !== undefined, {
        message: 'give a lead or a contact',
        path: ['leadId'],
      }),
    )
    .output(RenderedTemplate),
  get: may('read')
    .route({ method: 'GET', path: '/templates/{id}', tags })
    .input(ById)
    .output(Template),
  update: may('write')
    .route({ method: 'PATCH', path: '/templates/{id}', tags })
    .input(editOf(TemplateUpdate.extend({ id: Id })))
    .output(Template),
  remove: may('write')
    .route({ method: 'DELETE', path: '/templates/{id}', tags })
    .input(ById)
    .output(ById),
}
