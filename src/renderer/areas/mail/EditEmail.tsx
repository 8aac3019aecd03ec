/** Changes an e-mail before it goes out; it has to be approved again. */
import { Button, Checkbox, Group, Modal, Stack, Text, Textarea, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useMutation } from '@tanstack/react-query'
import type { EmailMessage } from '../../../contract/outbox'
import { api } from '../../api'
import { FormProblem, showRefusal } from '../settings/forms'

export function EditEmail({ message, onClose }: { message: EmailMessage; onClose(): void }) {
  const { id, subject, body, html, allowIdentical } = message
  const form = useForm({ initialValues: { subject, body, allowIdentical } })
  const update = useMutation({
    ...api.outbox.update.mutationOptions(),
    meta: { showsProblem: true },
    onSuccess: onClose,
    onError: (error) => showRefusal(form, error),
  })
  return (
    <Modal opened onClose={onClose} size="lg" title={`E-mail to ${message.toAddress}`}>
      <form
        onSubmit={form.onSubmit((values) =>
          update.mutate({
            id,
            ...values,
            // The formatted part would say something else than the text.
            ...(values.body === body ? {} : { html: null }),
          }),
        )}
      >
        <Stack gap="md">
          <TextInput label="Subject" data-autofocus {...form.getInputProps('subject')} />
          <Textarea
            label="Text"
            autosize
            minRows={8}
            maxRows={18}
            {...form.getInputProps('body')}
          />
          {html !== null && (
            <Text size="xs" c="dimmed">
              It has formatting. When you change the text it goes out as plain text.
            </Text>
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
