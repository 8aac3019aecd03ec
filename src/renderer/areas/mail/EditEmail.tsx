/** Changes an e-mail before it goes out; it has to be approved again. */
import { Button, Checkbox, Group, Modal, Stack, Textarea, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useMutation } from '@tanstack/react-query'
import { lazy, Suspense, useRef } from 'react'
import type { EmailMessage } from '../../../contract/outbox'
import { api } from '../../api'
import { FormProblem, showRefusal } from '../settings/forms'
import type { FormattedTextHandle } from './FormattedText'

const FormattedText = lazy(() => import('./FormattedText'))

export function EditEmail({ message, onClose }: { message: EmailMessage; onClose(): void }) {
  const { id, toAddress, subject, body, html, allowIdentical } = message
  const editor = useRef<FormattedTextHandle>(null)
  const form = useForm({ initialValues: { toAddress, subject, body, html, allowIdentical } })
  const update = useMutation({
    ...api.outbox.update.mutationOptions(),
    meta: { showsProblem: true },
    onSuccess: onClose,
    onError: (error) => showRefusal(form, error),
  })
  const written = form.values.html
  return (
    <Modal opened onClose={onClose} size="lg" title={`E-mail to ${message.toName ?? toAddress}`}>
      <form
        noValidate
        onSubmit={form.onSubmit(({ body: plain, html: formatted, ...values }) =>
          update.mutate({
            id,
            ...values,
            // Of a formatted message the text part is made anew.
            ...(formatted === null
              ? { body: plain }
              : formatted === html
                ? {}
                : { html: formatted }),
          }),
        )}
      >
        <Stack gap="md">
          <TextInput
            label="To"
            description="For this message alone; the contact keeps its address."
            type="email"
            {...form.getInputProps('toAddress')}
          />
          <TextInput label="Subject" data-autofocus {...form.getInputProps('subject')} />
          {written === null ? (
            <Textarea
              label="Text"
              autosize
              minRows={8}
              maxRows={18}
              {...form.getInputProps('body')}
            />
          ) : (
            <Suspense>
              <FormattedText
                ref={editor}
                label="Text"
                value={written}
                error={form.errors.html}
                onFocus={() => undefined}
                onChange={(changed) => form.setFieldValue('html', changed)}
              />
            </Suspense>
          )}
          <Checkbox
            label="Many people may get the same text"
            {...form.getInputProps('allowIdentical', { type: 'checkbox' })}
          />
          <FormProblem form={form} />
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              Cancel
            </Button>
            <Button type="submit" loading={update.isPending}>
              Save
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  )
}
