/** Subject and script of a step, with the names that are filled in for each lead, seen on one of them. */
import { Stack } from '@mantine/core'
import { MessageFields, type MessageText } from '../messages/MessageFields'
import { type PreviewLead, TemplatePreview } from '../messages/TemplatePreview'
import { TemplateSelect } from '../messages/TemplateSelect'

export interface StepTextProps {
  subject: string | null
  body: string | null
  isEmail: boolean
  readOnly: boolean
  errors: Partial<Record<keyof MessageText, string | undefined>>
  previewLead: PreviewLead
  onChange(patch: { subject?: string | null; body?: string | null }): void
}

export function StepText(props: StepTextProps) {
  const { subject, body, isEmail, readOnly, errors, previewLead, onChange } = props
  const text = { subject: subject ?? '', body: body ?? '' }
  const change = (patch: Partial<MessageText>) =>
    onChange({
      ...(patch.subject !== undefined && { subject: patch.subject || null }),
      ...(patch.body !== undefined && { body: patch.body || null }),
    })
  return (
    <Stack gap="sm">
      <MessageFields
        before={
          <TemplateSelect
            label="Use a template"
            placeholder="Take its subject and text"
            plainOnly
            value={null}
            onChoose={(template) =>
              change({ subject: template.subject ?? '', body: template.body })
            }
          />
        }
        labels={{ body: isEmail ? 'Message' : 'Script' }}
        hints={{ subject: isEmail ? 'What they read first' : 'What it is about' }}
        longestSubject={255}
        minRows={isEmail ? 5 : 2}
        readOnly={readOnly}
        value={text}
        errors={errors}
        onChange={change}
      />
      <TemplatePreview text={text} sound={!errors.subject && !errors.body} lead={previewLead} />
    </Stack>
  )
}
