/** One user: who it is, what it may do, its tokens; and the form for a new one. */
import { Alert, Badge, Button, Group, Stack, Text } from '@mantine/core'
import { IconUserOff } from '@tabler/icons-react'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useNavigate, useParams } from '@tanstack/react-router'
import { useState } from 'react'
import type { User } from '../../../../contract/records/users'
import { api, client } from '../../../api'
import { useMay, useMe } from '../../../app/session'
import { LoadState } from '../../../ui/LoadState'
import { ReadOnlyNote } from '../../../ui/settings/ReadOnlyNote'
import { SettingsCard, SettingsFrame } from '../../../ui/settings/SettingsFrame'
import { DeactivateDialog, type OpenOfUser } from './DeactivateDialog'
import { Tokens } from './Tokens'
import { UserForm } from './UserForm'

const back = { to: '/settings/users', label: 'Users and teams' }

export function NewUserPage() {
  const navigate = useNavigate()
  return (
    <SettingsFrame
      title="New user"
      text="Somebody who owns records here, and may sign in with a token."
      back={back}
    >
      <SettingsCard>
        <UserForm
          user={null}
          onSaved={({ id }) =>
            void navigate({ to: '/settings/users/$id', params: { id }, replace: true })
          }
        />
      </SettingsCard>
    </SettingsFrame>
  )
}

export function UserPage() {
  const { id } = useParams({ from: '/settings/users/$id' })
  const user = useQuery(api.users.get.queryOptions({ input: { id } }))
  const mayAdminister = useMay('administer')
  const me = useMe()
  return (
    <SettingsFrame
      title={user.data?.name ?? 'User'}
      back={back}
      text={
        user.data && (
          <Group gap={8} component="span">
            {user.data.id === me?.id && <Badge>You</Badge>}
            {!user.data.active && <Badge color="gray">Deactivated</Badge>}
            {user.data.openLeads.toLocaleString()} open{' '}
            {user.data.openLeads === 1 ? 'lead' : 'leads'}
          </Group>
        )
      }
    >
      <LoadState query={user} what="this user">
        {(found) => (
          <Stack gap="md" key={found.id}>
            {!mayAdminister && <ReadOnlyNote who="Admins" />}
            <SettingsCard>
              <UserForm user={found} readOnly={!mayAdminister} />
            </SettingsCard>
            {mayAdminister && (
              <>
                <Tokens user={found} />
                <Activity user={found} isMe={found.id === me?.id} />
              </>
            )}
          </Stack>
        )}
      </LoadState>
    </SettingsFrame>
  )
}

function Activity({ user, isMe }: { user: User; isMe: boolean }) {
  const cache = useQueryClient()
  const update = useMutation({
    ...api.users.update.mutationOptions(),
    onSuccess: (saved) => {
      cache.setQueryData(api.users.get.queryKey({ input: { id: saved.id } }), saved)
    },
  })
  const [open, setOpen] = useState<OpenOfUser | null>(null)
  const deactivate = (handTo?: string) =>
    update.mutate(
      { id: user.id, active: false, ...(handTo ? { handTo } : {}) },
      { onSettled: () => setOpen(null) },
    )
  /** Where nothing is open there is nothing to ask. */
  const leave = useMutation({
    mutationFn: () => client.users.openWork({ id: user.id }),
    onSuccess: (found) =>
      Object.values(found).some((count) => count > 0) ? setOpen(found) : deactivate(),
  })
  if (!user.active) {
    return (
      <Alert color="gray" icon={<IconUserOff size={18} />} title="Deactivated">
        <Stack gap="sm" align="flex-start">
          <Text size="sm">
            The tokens of this user are refused. Its records and its part in the history stay.
          </Text>
          <Button
            variant="default"
            loading={update.isPending}
            onClick={() => update.mutate({ id: user.id, active: true })}
          >
            Activate again
          </Button>
        </Stack>
      </Alert>
    )
  }
  return (
    <SettingsCard
      title="Deactivate"
      text={
        isMe
          ? 'You cannot deactivate yourself; another admin can.'
          : 'For somebody who left: the tokens are refused from then on. Records and history stay, and it can be taken back.'
      }
      actions={
        <>
          <Button
            variant="default"
            disabled={isMe}
            leftSection={<IconUserOff size={15} />}
            loading={leave.isPending || update.isPending}
            onClick={() => leave.mutate()}
          >
            Deactivate
          </Button>
          {open && (
            <DeactivateDialog
              user={user}
              open={open}
              busy={update.isPending}
              onClose={() => setOpen(null)}
              onDeactivate={deactivate}
            />
          )}
        </>
      }
    />
  )
}
