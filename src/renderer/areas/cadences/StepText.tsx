/** Subject and script of a step, with the names that are filled in for each lead. */
import { Stack, Textarea, TextInput } from '@mantine/core'
import { textOrNull } from '../settings/forms'

export interface StepTextProps {
  subject: string | null
  body: string | null
  isEmail: boolean
  readOnly: boolean
  subjectError: string | undefined
  bodyError: string | undefined
  onChange(patch: { subject?: string | null; body?: string | null }): void
}

export function StepText(props: StepTextProps) {
  const { subject, body, isEmail, readOnly, subjectError, bodyError, onChange } = props
  return (
    <Stack gap="sm">
      <TextInput
        label="Subject"
        placeholder={isEmail ? 'What they read first' : 'What it is about'}
        readOnly={readOnly}
        maxLength={255}
        value={subject ?? ''}
        error={subjectError}
        onChange={(event) => onChange({ subject: textOrNull(event.currentTarget.value) })}
      />
      <Textarea
        label={isEmail ? 'Message' : 'Script'}
        description="{{ contact.first_name }} and the like are filled in for each lead."
        autosize
        minRows={isEmail ? 5 : 2}
        maxRows={16}
        readOnly={readOnly}
        value={body ?? ''}
        error={bodyError}
        onChange={(event) => onChange({ body: event.currentTarget.value || null })}
      />
    </Stack>
  )
}
