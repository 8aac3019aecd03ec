/** Subject and text with placeholders: whatever is written for many people is written here. */
import { Group, Stack, Textarea, TextInput } from '@mantine/core'
import { type ReactNode, useEffect, useRef } from 'react'
import { PlaceholderMenu } from './PlaceholderMenu'

export interface MessageText {
  subject: string
  body: string
}

export interface MessageFieldsProps {
  value: MessageText
  onChange(patch: Partial<MessageText>): void
  /** Stands in the row of the placeholder menu, e.g. a choice of templates. */
  before?: ReactNode
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
  errors = {},
  labels = {},
  hints = {},
  withSubject = true,
  longestSubject,
  minRows = 6,
  readOnly = false,
  autoFocus = false,
}: MessageFieldsProps) {
  const caret = useCaret(value, onChange)
  return (
    <Stack gap="sm">
      {!readOnly && (
        <Group gap="sm" align="flex-end" justify={before ? undefined : 'flex-end'}>
          {before}
          <PlaceholderMenu onChoose={caret.insert} />
        </Group>
      )}
      {withSubject && (
        <TextInput
          ref={caret.fields.subject}
          label={labels.subject ?? 'Subject'}
          placeholder={hints.subject}
          data-autofocus={autoFocus || undefined}
          readOnly={readOnly}
          maxLength={longestSubject}
          value={value.subject}
          error={errors.subject}
          onFocus={() => caret.enter('subject')}
          onChange={(event) => onChange({ subject: event.currentTarget.value })}
        />
      )}
      <Textarea
        ref={caret.fields.body}
        label={labels.body ?? 'Text'}
        placeholder={hints.body}
        autosize
        minRows={minRows}
        maxRows={16}
        readOnly={readOnly}
        value={value.body}
        error={errors.body}
        onFocus={() => caret.enter('body')}
        onChange={(event) => onChange({ body: event.currentTarget.value })}
      />
    </Stack>
  )
}

/** Puts a text where one was writing last, and the caret behind it. */
function useCaret(value: MessageText, onChange: MessageFieldsProps['onChange']) {
  const subject = useRef<HTMLInputElement>(null)
  const body = useRef<HTMLTextAreaElement>(null)
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
    fields: { subject, body },
    enter(name: keyof MessageText) {
      last.current = name
    },
    insert(text: string) {
      const name = last.current
      const written = value[name]
      const field = fieldOf(name)
      const start = field?.selectionStart ?? written.length
      const end = field?.selectionEnd ?? start
      waiting.current = start + text.length
      onChange({ [name]: written.slice(0, start) + text + written.slice(end) })
    },
  }
}
