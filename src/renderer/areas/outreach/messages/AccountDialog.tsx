/** One e-mail account: server, password, limits, quiet hours, and a test. */
import {
  Alert,
  Button,
  Checkbox,
  Group,
  Modal,
  NumberInput,
  PasswordInput,
  Select,
  SimpleGrid,
  Stack,
  Text,
  TextInput,
} from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import type { MailAccount } from '../../../../contract/outreach/accounts'
import { api, client } from '../../../api'
import { editFrom, recordIn } from '../../../app/clashes/edit'
import { draftKey } from '../../../app/drafts/key'
import { useFormDraft } from '../../../app/drafts/useFormDraft'
import { useMay, useMe } from '../../../app/session'
import { CancelButton } from '../../../ui/drafts/CancelButton'
import { DraftNotice } from '../../../ui/drafts/DraftNotice'
import { FormProblem, showRefusal } from '../../../ui/forms'
import { AccountLimits } from './AccountLimits'
import { toAccountInput, useAccountForm } from './accountForm'
import { providers } from './providers'

interface AccountDialogProps {
  account: MailAccount | undefined
  onClose(): void
}

export const accountKey = (account: MailAccount | undefined) =>
  draftKey('mail-account', account?.id ?? 'new')

export function AccountDialog({ account, onClose }: AccountDialogProps) {
  const mayConfigure = useMay('configure')
  const me = useMe()
  const cache = useQueryClient()
  const [known, setKnown] = useState(account)
  const form = useAccountForm(account)
  const [blank] = useState(form.getInitialValues)
  const draft = useFormDraft(form, {
    key: accountKey(account),
    title: account ? `E-mail account ${account.name}` : 'New e-mail account',
    recordId: account?.id,
    blank,
    secret: ['password'],
    basedOn: account,
  })
  const save = useMutation({
    mutationFn: async () => {
      const input = toAccountInput(form.getValues())
      if (!known) return await client.mail.accounts.create(input)
      const { password, ...fields } = input
      return await client.mail.accounts.update({
        id: known.id,
        ...editFrom(recordIn(draft.restoredFrom, known), fields),
        ...(password ? { password } : {}),
      })
    },
    meta: { showsProblem: true },
    onSuccess: (saved) => {
      draft.saved()
      setKnown(saved)
      form.setFieldValue('password', '')
      return cache.invalidateQueries({ queryKey: api.mail.key() })
    },
    onError: (error) => showRefusal(form, error),
  })
  return (
    <Modal opened onClose={onClose} size="lg" title={known ? `“${known.name}”` : 'New account'}>
      <form
        noValidate
        onSubmit={form.onSubmit(() => save.mutate(undefined, { onSuccess: onClose }))}
      >
        <Stack gap="md">
          <DraftNotice draft={draft} />
          {!account && (
            <Group gap={8}>
              {providers.map(({ label, values }) => (
                <Button key={label} variant="default" onClick={() => form.setValues(values)}>
                  {label}
                </Button>
              ))}
            </Group>
          )}
          <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="sm">
            <TextInput label="Name of the account" required {...form.getInputProps('name')} />
            <TextInput
              label="From address"
              required
              type="email"
              data-autofocus
              {...form.getInputProps('fromAddress')}
            />
            <TextInput label="From name" {...form.getInputProps('fromName')} />
            <TextInput
              label="Replies go to"
              placeholder="The from address"
              {...form.getInputProps('replyTo')}
            />
            <TextInput
              label="Server (SMTP)"
              required
              placeholder="smtp.example.com"
              {...form.getInputProps('host')}
            />
            <Group gap="sm" wrap="nowrap" align="flex-start">
              <NumberInput
                label="Port"
                min={1}
                max={65535}
                w={90}
                {...form.getInputProps('port')}
              />
              <Select
                label="Security"
                allowDeselect={false}
                flex={1}
                data={[
                  { value: 'starttls', label: 'STARTTLS' },
                  { value: 'tls', label: 'TLS' },
                  { value: 'none', label: 'None' },
                ]}
                {...form.getInputProps('security')}
              />
            </Group>
            <TextInput
              label="User name"
              description="Empty where the server asks for none"
              {...form.getInputProps('username')}
            />
            <PasswordInput
              label="Password"
              description="Often an app password of your provider"
              placeholder={known && known.password !== 'missing' ? 'Kept as it is' : ''}
              autoComplete="new-password"
              {...form.getInputProps('password')}
            />
          </SimpleGrid>
          <AccountLimits form={form} />
          <Group gap="lg">
            {mayConfigure && (
              <>
                <Checkbox
                  label="Everybody sends by it"
                  {...form.getInputProps('shared', { type: 'checkbox' })}
                />
                <Checkbox
                  label="Default"
                  {...form.getInputProps('isDefault', { type: 'checkbox' })}
                />
              </>
            )}
            <Checkbox label="In use" {...form.getInputProps('active', { type: 'checkbox' })} />
          </Group>
          {known?.password === 'this_run' && (
            <Alert color="amber" py="xs">
              This computer offers no safe place for the password. It is kept until Rapport ends,
              then it has to be entered again.
            </Alert>
          )}
          <FormProblem form={form} />
          <TestMessage
            to={me?.email ?? form.values.fromAddress}
            prepare={async () => (await save.mutateAsync()).id}
          />
          <Group justify="flex-end">
            <CancelButton
              draft={draft}
              onClose={onClose}
              label={known && !account ? 'Close' : 'Cancel'}
            />
            <Button type="submit" loading={save.isPending}>
              Save
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  )
}

/** @param prepare saves the account and answers its id */
function TestMessage({ to: first, prepare }: { to: string; prepare(): Promise<string> }) {
  const [to, setTo] = useState(first)
  const test = useMutation({
    mutationFn: async () => client.mail.accounts.test({ id: await prepare(), to }),
    meta: { showsProblem: true },
  })
  return (
    <Stack gap={6}>
      <Group gap="sm" align="flex-end">
        <TextInput
          label="Send a test message to"
          flex={1}
          value={to}
          onChange={(event) => setTo(event.currentTarget.value)}
        />
        <Button
          variant="default"
          disabled={!to.includes('@')}
          loading={test.isPending}
          onClick={() => test.mutate()}
        >
          Save and test
        </Button>
      </Group>
      <Text size="sm" role="status" c={test.data?.ok ? 'green' : 'red'}>
        {test.data?.message}
      </Text>
    </Stack>
  )
}
