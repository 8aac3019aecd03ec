/** Subject and text with placeholders: whatever is written for many people is written here. */
import { Group, SegmentedControl, Stack, Textarea, TextInput } from '@mantine/core'
import { type ReactNode, Suspense, useEffect, useRef } from 'react'
import { lazyPart } from '../../../app/parts'
import type { FormattedTextHandle } from './FormattedText'
import { htmlOfText } from './formatted'
import { PlaceholderMenu } from './PlaceholderMenu'

const FormattedText = lazyPart(() => import('./FormattedText'))

export interface MessageText {
  subject: string
  body: string
}

export interface MessageFieldsProps {
  value: MessageText
  /** With `html` only where `formatted` is given: text and formatting are never both changed by hand. */
  onChange(patch: Partial<MessageText> & { html?: string | null }): void
  /** Goes in the row of the placeholder menu, e.g. a choice of templates. */
  before?: ReactNode
  /** The formatted text, null while there is none; without it only plain text can be written. */
  formatted?: { html: string | null; error?: ReactNode }
  errors?: Partial<Record<keyof MessageText, ReactNode>>
  labels?: Partial<MessageText>
  hints?: Partial<MessageText>
  /** Snippets have none. */
  withSubject?: boolean
  longestSubject?: number
  minRows?: number
  readOnly?: boolean
  autoFocus?: boolean
}

export function MessageFields({
  value,
  onChange,
  before,
  formatted,
  errors = {},
  labels = {},
  hints = {},
  withSubject = true,
  longestSubject,
  minRows = 6,
  readOnly = false,
  autoFocus = false,
}: MessageFieldsProps) {
  const { subject, body, editor, enter, insert } = useCaret(value, onChange)
  const html = formatted?.html ?? null
  const bodyLabel = labels.body ?? 'Text'
  return (
    <Stack gap="sm">
      {!readOnly && (
        <Group gap="sm" align="flex-end" justify={before || formatted ? undefined : 'flex-end'}>
          {before}
          {formatted && (
            <SegmentedControl
              aria-label="Plain or formatted"
              data={[
                { value: 'plain', label: 'Plain' },
                { value: 'formatted', label: 'Formatted' },
              ]}
              value={html === null ? 'plain' : 'formatted'}
              onChange={(kind) =>
                onChange(
                  kind === 'formatted'
                    ? { html: htmlOfText(value.body), body: '' }
                    : { html: null, body: editor.current?.plain() ?? '' },
                )
              }
            />
          )}
          <PlaceholderMenu onChoose={insert} />
        </Group>
      )}
      {withSubject && (
        <TextInput
          ref={subject}
          label={labels.subject ?? 'Subject'}
          placeholder={hints.subject}
          data-autofocus={autoFocus || undefined}
          readOnly={readOnly}
          maxLength={longestSubject}
          value={value.subject}
          error={errors.subject}
          onFocus={() => enter('subject')}
          onChange={(event) => onChange({ subject: event.currentTarget.value })}
        />
      )}
      {html === null ? (
        <Textarea
          ref={body}
          label={bodyLabel}
          placeholder={hints.body}
          autosize
          minRows={minRows}
          maxRows={16}
          readOnly={readOnly}
          value={value.body}
          error={errors.body}
          onFocus={() => enter('body')}
          onChange={(event) => onChange({ body: event.currentTarget.value })}
        />
      ) : (
        <Suspense fallback={<Textarea label={bodyLabel} autosize minRows={minRows} readOnly />}>
          <FormattedText
            ref={editor}
            label={bodyLabel}
            value={html}
            error={formatted?.error}
            onFocus={() => enter('body')}
            onChange={(changed) => onChange({ html: changed, body: '' })}
          />
        </Suspense>
      )}
    </Stack>
  )
}

/** Puts a text where one was writing last, and the caret behind it. */
function useCaret(value: MessageText, onChange: MessageFieldsProps['onChange']) {
  const subject = useRef<HTMLInputElement>(null)
  const body = useRef<HTMLTextAreaElement>(null)
  const editor = useRef<FormattedTextHandle>(null)
  const last = useRef<keyof MessageText>('body')
  const waiting = useRef<number | null>(null)
  const fieldOf = (name: keyof MessageText) => (name === 'subject' ? subject : body).current
  useEffect(() => {
    const field = fieldOf(last.current)
    if (waiting.current === null || !field) return
    field.focus()
    field.setSelectionRange(waiting.current, waiting.current)
    waiting.current = null
  })
  return {
    subject,
    body,
    editor,
    enter(name: keyof MessageText) {
      last.current = name
    },
    insert(text: string) {
      const name = last.current
      if (name === 'body' && editor.current) return editor.current.insert(text)
      const written = value[name]
      const field = fieldOf(name)
      const start = field?.selectionStart ?? written.length
      const end = field?.selectionEnd ?? start
      waiting.current = start + text.length
      onChange({ [name]: written.slice(0, start) + text + written.slice(end) })
    },
  }
}
