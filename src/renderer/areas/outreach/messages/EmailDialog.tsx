/** An e-mail that was put aside, opened again from anywhere. */
import type { FormDialogProps } from '../../../app/area'
import { SendEmail } from './SendEmail'

export default function EmailDialog({ with: values, onClose }: FormDialogProps) {
  const { about, initial, stepId } = values
  return (
    <SendEmail
      about={{ ...textOf(about, 'leadId'), ...textOf(about, 'contactId') }}
      {...(typeof initial === 'object' && initial !== null
        ? {
            initial: {
              subject: '',
              body: '',
              ...textOf(initial, 'subject'),
              ...textOf(initial, 'body'),
            },
          }
        : {})}
      {...(typeof stepId === 'string' ? { stepId } : {})}
      onClose={onClose}
    />
  )
}

/** One text of what the draft has, if it has it. */
function textOf<Name extends string>(values: unknown, name: Name): { [K in Name]?: string } {
  if (typeof values !== 'object' || values === null || !(name in values)) return {}
  const value: unknown = (values as Record<string, unknown>)[name]
  return typeof value === 'string' ? ({ [name]: value } as { [K in Name]?: string }) : {}
}
