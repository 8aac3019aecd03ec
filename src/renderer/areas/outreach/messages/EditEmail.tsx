/** Changes an e-mail before it goes out; it has to be approved again. */
import { Button, Checkbox, Group, Modal, Stack, Textarea, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useMutation } from '@tanstack/react-query'
import { Suspense, useRef, useState } from 'react'
import type { EmailMessage } from '../../../../contract/outreach/messages'
import { api } from '../../../api'
import { editFrom, recordIn } from '../../../app/clashes/edit'
import { draftKey } from '../../../app/drafts/key'
import { useFormDraft } from '../../../app/drafts/useFormDraft'
import { lazyPart } from '../../../app/parts'
import { CancelButton } from '../../../ui/drafts/CancelButton'
import { DraftNotice } from '../../../ui/drafts/DraftNotice'
import { FormProblem, showRefusal } from '../../../ui/forms'
import { Addressees, faultyIn } from './Addressees'
import type { FormattedTextHandle } from './FormattedText'

const FormattedText = lazyPart(() => import('./FormattedText'))

export function EditEmail({ message: now, onClose }: { message: EmailMessage; onClose(): void }) {
  // As it was when this was opened: it may be changed elsewhere meanwhile.
  const [message] = useState(now)
  const { id, toAddress, cc, bcc, subject, body, html, allowIdentical } = message
  const editor = useRef<FormattedTextHandle>(null)
  const accountId = message.account?.id ?? null
  const blank = { accountId, toAddress, cc, bcc, subject, body, html, allowIdentical }
  const form = useForm({ initialValues: blank })
  const draft = useFormDraft(form, {
    key: draftKey('email-edit', id),
    title: `E-mail to ${message.toName ?? toAddress}`,
    place: { dialog: 'email-edit', with: { id } },
    recordId: id,
    blank,
    basedOn: message,
  })
  const update = useMutation({
    ...api.outbox.update.mutationOptions(),
    meta: { showsProblem: true },
    onSuccess: () => {
      draft.done()
      onClose()
    },
    onError: (error) => showRefusal(form, error),
  })
  const written = form.values.html
  return (
    <Modal opened onClose={onClose} size="lg" title={`E-mail to ${message.toName ?? toAddress}`}>
      <form
        noValidate
        onSubmit={form.onSubmit(({ body: plain, html: formatted, accountId: chosen, ...values }) =>
          update.mutate({
            id,
            ...editFrom(recordIn(draft.basedOn, message), {
              ...values,
              ...(chosen !== null && chosen !== accountId ? { accountId: chosen } : {}),
              // Of a formatted message the text part is generated again.
              ...(formatted === null ? { body: plain } : { html: formatted }),
            }),
          }),
        )}
      >
        <Stack key={draft.version} gap="md">
          <DraftNotice draft={draft} />
          <Addressees
            accountId={form.values.accountId}
            onAccount={(chosen) => form.setFieldValue('accountId', chosen)}
            to={
              <TextInput
                label="To"
                description="For this message alone; the contact keeps its address."
                type="email"
                flex={1}
                {...form.getInputProps('toAddress')}
              />
            }
            cc={form.values.cc}
            bcc={form.values.bcc}
            onChange={(copies) => form.setValues(copies)}
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
            <CancelButton draft={draft} onClose={onClose} />
            <Button
              type="submit"
              loading={update.isPending}
              disabled={faultyIn(form.values).length > 0}
            >
              Save
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  )
}
