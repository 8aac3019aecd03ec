/** A user's tokens for the HTTP API: make one (shown this once), see when each was used, revoke. */
import { Alert, Button, Group, Modal, Stack, Text, TextInput } from '@mantine/core'
import { modals } from '@mantine/modals'
import { IconEyeOff, IconKey, IconPlus } from '@tabler/icons-react'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import type { User } from '../../../../contract/records/users'
import { api } from '../../../api'
import { fieldErrors, messageOf } from '../../../app/problems'
import { CopyLine } from '../../../ui/CopyLine'
import { DateText } from '../../../ui/DateText'
import { LoadState } from '../../../ui/LoadState'
import { SettingsCard } from '../../../ui/settings/SettingsFrame'
import classes from './users.module.css'

export function Tokens({ user }: { user: User }) {
  const cache = useQueryClient()
  const tokens = useQuery(api.users.tokens.queryOptions({ input: { id: user.id } }))
  const [name, setName] = useState('')
  const refresh = () => cache.invalidateQueries({ queryKey: api.users.tokens.key() })
  const create = useMutation({
    ...api.users.createToken.mutationOptions(),
    meta: { showsProblem: true },
    onSuccess: () => {
      setName('')
      void refresh()
    },
  })
  const revoke = useMutation({
    ...api.users.revokeToken.mutationOptions(),
    onSuccess: refresh,
  })
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (name.trim()) create.mutate({ id: user.id, name: name.trim() })
  }
  const askToRevoke = (token: { id: string; name: string }) =>
    modals.openConfirmModal({
      title: `Revoke “${token.name}”?`,
      children: (
        <Text size="sm">
          Programs that use it are refused from now on. A revoked token cannot be brought back; a
          new one can be made.
        </Text>
      ),
      labels: { confirm: 'Revoke', cancel: 'Cancel' },
      confirmProps: { color: 'red' },
      onConfirm: () => revoke.mutate({ id: user.id, tokenId: token.id }),
    })
  return (
    <SettingsCard
      title="API tokens"
      text={`Programs that hold one act as ${user.name} over HTTP. Give each program its own.`}
      flush
    >
      <LoadState query={tokens} what="the tokens">
        {(found) => (
          <div>
            {found.length > 0 && (
              <ul className={classes.tokens}>
                {found.map((token) => (
                  <li key={token.id} className={classes.token}>
                    <IconKey size={17} stroke={1.6} aria-hidden />
                    <Stack gap={0} flex={1} miw={0}>
                      <Text size="sm" fw={500} truncate>
                        {token.name}
                      </Text>
                      <Text size="xs" c="dimmed">
                        Made <DateText value={token.createdAt} />
                        {' · '}
                        {token.lastUsedAt ? (
                          <>
                            used <DateText value={token.lastUsedAt} />
                          </>
                        ) : (
                          'never used'
                        )}
                      </Text>
                    </Stack>
                    <Button
                      variant="default"
                      aria-label={`Revoke ${token.name}`}
                      onClick={() => askToRevoke(token)}
                    >
                      Revoke
                    </Button>
                  </li>
                ))}
              </ul>
            )}
            <form className={classes.newToken} onSubmit={submit}>
              <Group gap={8} align="flex-start" wrap="nowrap">
                <TextInput
                  size="xs"
                  flex={1}
                  maw={340}
                  aria-label="Name of the new token"
                  placeholder="What it is for, e.g. Website form"
                  maxLength={80}
                  value={name}
                  disabled={!user.active}
                  error={
                    create.error
                      ? (fieldErrors(create.error, ['name']).name ?? messageOf(create.error))
                      : undefined
                  }
                  onChange={(event) => setName(event.currentTarget.value)}
                />
                <Button
                  type="submit"
                  variant="default"
                  leftSection={<IconPlus size={14} />}
                  loading={create.isPending}
                  disabled={!name.trim() || !user.active}
                >
                  Make a token
                </Button>
              </Group>
            </form>
          </div>
        )}
      </LoadState>
      {create.data && (
        <Modal
          opened
          onClose={() => create.reset()}
          closeOnClickOutside={false}
          closeOnEscape={false}
          withCloseButton={false}
          title={`Token “${create.data.name}”`}
          size="lg"
        >
          <Stack gap="md">
            <CopyLine label="Token" text={create.data.token} />
            <Alert color="amber" icon={<IconEyeOff size={18} />} py="xs">
              It is shown this once; Rapport keeps only a fingerprint of it. Put it where the
              program that uses it can read it, and nobody else.
            </Alert>
            <Group justify="flex-end">
              <Button onClick={() => create.reset()}>I have copied it</Button>
            </Group>
          </Stack>
        </Modal>
      )}
    </SettingsCard>
  )
}
