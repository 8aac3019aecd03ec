/** E-mail accounts: by which servers mail goes out, tried with a message to oneself. */
import { ActionIcon, Alert, Badge, Button, Group, Stack, Table, Text, Tooltip } from '@mantine/core'
import { modals } from '@mantine/modals'
import { IconAlertCircle, IconMail, IconPencil, IconPlus, IconTrash } from '@tabler/icons-react'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { MailAccount } from '../../../contract/mail'
import type { PasswordState } from '../../../contract/words'
import { api } from '../../api'
import { useMay } from '../../app/session'
import { EmptyState } from '../../ui/EmptyState'
import { LoadState } from '../settings/LoadState'
import { SettingsCard, SettingsFrame } from '../settings/SettingsFrame'
import { AccountDialog } from './AccountDialog'
import { StopBanner } from './StopBanner'

export function AccountsSection() {
  const mayConfigure = useMay('configure')
  const accounts = useQuery(api.mail.accounts.list.queryOptions())
  const [editing, setEditing] = useState<MailAccount | 'new' | null>(null)
  const remove = useRemove()
  return (
    <SettingsFrame
      title="E-mail accounts"
      text="The servers that your e-mails and notifications go out by. Your signature stands in My preferences."
      actions={
        <Button leftSection={<IconPlus size={15} />} onClick={() => setEditing('new')}>
          Add an account
        </Button>
      }
    >
      <StopBanner />
      <LoadState query={accounts} what="the e-mail accounts">
        {(found) =>
          found.length === 0 ? (
            <EmptyState
              icon={IconMail}
              title="No account yet"
              text="Add the server of your mail provider: Rapport then sends from your own address."
            />
          ) : (
            <SettingsCard flush>
              {found.some(({ password }) => password === 'missing') && (
                <Alert color="amber" mx={18} icon={<IconAlertCircle size={18} />}>
                  A password is missing. Messages wait until it is entered.
                </Alert>
              )}
              <Table.ScrollContainer minWidth={520}>
                <Table borderColor="var(--line)" horizontalSpacing={18} verticalSpacing={8}>
                  <Table.Thead>
                    <Table.Tr>
                      <Table.Th>Account</Table.Th>
                      <Table.Th>Password</Table.Th>
                      <Table.Th>Sent</Table.Th>
                      <Table.Th aria-label="Actions" w={96} />
                    </Table.Tr>
                  </Table.Thead>
                  <Table.Tbody>
                    {found.map((account) => (
                      <Table.Tr key={account.id}>
                        <Table.Td>
                          <Stack gap={2}>
                            <Group gap={6}>
                              <Text fw={500} size="sm">
                                {account.name}
                              </Text>
                              {account.isDefault && <Badge size="sm">default</Badge>}
                              {!account.active && (
                                <Badge size="sm" color="gray">
                                  not in use
                                </Badge>
                              )}
                              {!account.shared && (
                                <Badge size="sm" color="gray">
                                  {account.user?.name}
                                </Badge>
                              )}
                            </Group>
                            <Text size="xs" c="dimmed">
                              {account.fromAddress} by {account.host}:{account.port}
                            </Text>
                          </Stack>
                        </Table.Td>
                        <Table.Td>
                          <Text size="sm" c={account.password === 'missing' ? 'red' : 'inherit'}>
                            {passwordTexts[account.password]}
                          </Text>
                        </Table.Td>
                        <Table.Td>
                          <Text size="sm">
                            {account.sentLastHour} of {account.perHour} an hour
                          </Text>
                          <Text size="xs" c="dimmed">
                            {account.sentLastDay} of {account.perDay} a day
                          </Text>
                        </Table.Td>
                        <Table.Td>
                          {(mayConfigure || !account.shared) && (
                            <Group gap={2} justify="flex-end" wrap="nowrap">
                              <Tooltip label="Change or test">
                                <ActionIcon
                                  aria-label={`Change ${account.name}`}
                                  onClick={() => setEditing(account)}
                                >
                                  <IconPencil size={16} stroke={1.6} />
                                </ActionIcon>
                              </Tooltip>
                              <Tooltip label="Remove">
                                <ActionIcon
                                  aria-label={`Remove ${account.name}`}
                                  onClick={() => remove(account)}
                                >
                                  <IconTrash size={16} stroke={1.6} />
                                </ActionIcon>
                              </Tooltip>
                            </Group>
                          )}
                        </Table.Td>
                      </Table.Tr>
                    ))}
                  </Table.Tbody>
                </Table>
              </Table.ScrollContainer>
            </SettingsCard>
          )
        }
      </LoadState>
      {editing !== null && (
        <AccountDialog
          account={editing === 'new' ? undefined : editing}
          onClose={() => setEditing(null)}
        />
      )}
    </SettingsFrame>
  )
}

const passwordTexts: Readonly<Record<PasswordState, string>> = {
  kept: 'Kept safely',
  this_run: 'Kept until Rapport ends',
  missing: 'Missing',
  not_needed: 'Not needed',
}

function useRemove() {
  const remove = useMutation(api.mail.accounts.remove.mutationOptions())
  return ({ id, name }: MailAccount) =>
    modals.openConfirmModal({
      title: `Remove “${name}”?`,
      children: (
        <Text size="sm">
          Messages that wait to go out by it become drafts. The password is forgotten at once; it
          does not come back with Undo.
        </Text>
      ),
      labels: { confirm: 'Remove the account', cancel: 'Cancel' },
      confirmProps: { color: 'red' },
      onConfirm: () => remove.mutate({ id }),
    })
}
