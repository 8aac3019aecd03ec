/** E-mail accounts: by which servers mail goes out, tried with a message to oneself. */
import { ActionIcon, Alert, Badge, Button, Group, Text, Tooltip } from '@mantine/core'
import { modals } from '@mantine/modals'
import { IconAlertCircle, IconMail, IconPencil, IconPlus, IconTrash } from '@tabler/icons-react'
import { useMutation, useQuery } from '@tanstack/react-query'
import { type ReactNode, useState } from 'react'
import type { MailAccount } from '../../../../contract/outreach/accounts'
import type { PasswordState } from '../../../../contract/outreach/words'
import { api } from '../../../api'
import { useDraftRequest } from '../../../app/drafts/useDraft'
import { useMay } from '../../../app/session'
import { EmptyState } from '../../../ui/EmptyState'
import { LoadState } from '../../../ui/LoadState'
import { SettingsCard, SettingsFrame } from '../../../ui/settings/SettingsFrame'
import { AccountDialog, accountKey } from './AccountDialog'
import classes from './mail.module.css'
import { RulesCard } from './RulesCard'
import { StopBanner } from './StopBanner'

export function AccountsSection() {
  const mayConfigure = useMay('configure')
  const accounts = useQuery(api.mail.accounts.list.queryOptions())
  const [editing, setEditing] = useState<MailAccount | 'new' | null>(null)
  const accountOf = (key: string) =>
    key === accountKey(undefined)
      ? 'new'
      : accounts.data?.find(
          (account) => accountKey(account) === key && (mayConfigure || !account.shared),
        )
  useDraftRequest(
    (key) => accountOf(key) !== undefined,
    (key) => setEditing(accountOf(key) ?? null),
  )
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
              <ul className={classes.accounts}>
                {found.map((account) => (
                  <AccountRow
                    key={account.id}
                    account={account}
                    actions={
                      (mayConfigure || !account.shared) && (
                        <AccountActions
                          account={account}
                          onEdit={() => setEditing(account)}
                          onRemove={() => remove(account)}
                        />
                      )
                    }
                  />
                ))}
              </ul>
            </SettingsCard>
          )
        }
      </LoadState>
      <RulesCard />
      {editing !== null && (
        <AccountDialog
          account={editing === 'new' ? undefined : editing}
          onClose={() => setEditing(null)}
        />
      )}
    </SettingsFrame>
  )
}

function AccountRow({ account, actions }: { account: MailAccount; actions: ReactNode }) {
  const { name, shared, active, isDefault, password, user } = account
  return (
    <li className={classes.account}>
      <div className={classes.content}>
        <Group gap={6}>
          <Text fw={500} size="sm">
            {name}
          </Text>
          {isDefault && <Badge size="sm">default</Badge>}
          {!active && (
            <Badge size="sm" color="gray">
              not in use
            </Badge>
          )}
          {!shared && (
            <Badge size="sm" color="gray">
              {user?.name}
            </Badge>
          )}
        </Group>
        <Text size="xs" c="dimmed">
          {account.fromAddress} by {account.host}:{account.port}
        </Text>
      </div>
      <div className={classes.accountFacts}>
        <Text size="xs">
          Sent {account.sentLastHour} of {account.perHour} this hour, {account.sentLastDay} of{' '}
          {account.perDay} today
        </Text>
        <Text size="xs" c={password === 'missing' ? 'red' : 'dimmed'}>
          {passwordTexts[password]}
        </Text>
      </div>
      {actions}
    </li>
  )
}

interface AccountActionsProps {
  account: MailAccount
  onEdit(): void
  onRemove(): void
}

function AccountActions({ account, onEdit, onRemove }: AccountActionsProps) {
  return (
    <Group gap={2} wrap="nowrap" className={classes.accountActions}>
      <Tooltip label="Change or test">
        <ActionIcon aria-label={`Change ${account.name}`} onClick={onEdit}>
          <IconPencil size={16} stroke={1.6} />
        </ActionIcon>
      </Tooltip>
      <Tooltip label="Remove">
        <ActionIcon aria-label={`Remove ${account.name}`} onClick={onRemove}>
          <IconTrash size={16} stroke={1.6} />
        </ActionIcon>
      </Tooltip>
    </Group>
  )
}

const passwordTexts: Readonly<Record<PasswordState, string>> = {
  kept: 'Password kept safely',
  this_run: 'Password kept until Rapport ends',
  missing: 'The password is missing',
  not_needed: 'No password needed',
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
