/** Opt-outs: who is not written to any more; added one by one or from a list. */
import {
  ActionIcon,
  Button,
  Group,
  Modal,
  Stack,
  Table,
  Text,
  Textarea,
  TextInput,
  Tooltip,
} from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { modals } from '@mantine/modals'
import { notifications } from '@mantine/notifications'
import { IconMailOff, IconPlus, IconTrash } from '@tabler/icons-react'
import { keepPreviousData, useInfiniteQuery, useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import type { OptOut } from '../../../../contract/outreach/opt-outs'
import { api } from '../../../api'
import { useDraft, useDraftRequest } from '../../../app/drafts/useDraft'
import { useMay } from '../../../app/session'
import { DateText } from '../../../ui/DateText'
import { CancelButton } from '../../../ui/drafts/CancelButton'
import { DraftNotice } from '../../../ui/drafts/DraftNotice'
import { EmptyState } from '../../../ui/EmptyState'
import { paging } from '../../../ui/list/definition'
import { SettingsCard, SettingsFrame } from '../../../ui/settings/SettingsFrame'

export function OptOutsSection() {
  const mayConfigure = useMay('configure')
  const [text, setText] = useState('')
  const [q] = useDebouncedValue(text.trim(), 150)
  const [adding, setAdding] = useState(false)
  useDraftRequest(
    (key) => key === 'opt-outs',
    () => setAdding(true),
  )
  const pages = useInfiniteQuery(
    api.optOuts.list.infiniteOptions({
      input: (cursor: string | undefined) => ({ ...(q ? { q } : {}), limit: 100, cursor }),
      ...paging,
      placeholderData: keepPreviousData,
    }),
  )
  const remove = useMutation(api.optOuts.remove.mutationOptions())
  const allow = ({ id, address }: OptOut) =>
    modals.openConfirmModal({
      title: `Write to ${address} again?`,
      children: (
        <Text size="sm">Only when they have said so. The history keeps who allowed it.</Text>
      ),
      labels: { confirm: 'They have agreed', cancel: 'Cancel' },
      onConfirm: () => remove.mutate({ id }),
    })
  const found = pages.data?.pages.flatMap(({ items }) => items) ?? []
  return (
    <SettingsFrame
      title="Opt-outs"
      text="Rapport sends nothing to these addresses, whoever asks it to. Tags after a plus do not matter: jane+news@… is jane@…. An address stays here when its contact is deleted or imported again."
      actions={
        <Button leftSection={<IconPlus size={15} />} onClick={() => setAdding(true)}>
          Add addresses
        </Button>
      }
    >
      <TextInput
        aria-label="Search addresses"
        placeholder="Search addresses"
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
      />
      {pages.isSuccess && found.length === 0 ? (
        <EmptyState
          icon={IconMailOff}
          title={q ? 'No such address' : 'Nobody has opted out'}
          size="sm"
        />
      ) : (
        <SettingsCard flush>
          <Table borderColor="var(--line)" horizontalSpacing={18} verticalSpacing={6}>
            <Table.Tbody>
              {found.map((entry) => (
                <Table.Tr key={entry.id}>
                  <Table.Td>
                    <Text size="sm">{entry.address}</Text>
                    <Text size="xs" c="dimmed">
                      {[entry.reason, entry.user?.name].filter(Boolean).join(', ')}{' '}
                      <DateText value={entry.createdAt} />
                    </Text>
                  </Table.Td>
                  {mayConfigure && (
                    <Table.Td w={60}>
                      <Tooltip label="Allow mail again">
                        <ActionIcon
                          aria-label={`Allow mail to ${entry.address} again`}
                          onClick={() => allow(entry)}
                        >
                          <IconTrash size={16} stroke={1.6} />
                        </ActionIcon>
                      </Tooltip>
                    </Table.Td>
                  )}
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </SettingsCard>
      )}
      {pages.hasNextPage && (
        <Group justify="center">
          <Button variant="default" onClick={() => pages.fetchNextPage()}>
            Show more
          </Button>
        </Group>
      )}
      {adding && <AddDialog onClose={() => setAdding(false)} />}
    </SettingsFrame>
  )
}

function AddDialog({ onClose }: { onClose(): void }) {
  const [{ text, reason }, setValues, draft] = useDraft({
    key: 'opt-outs',
    title: 'Addresses not to write to',
    initial: { text: '', reason: '' },
  })
  const add = useMutation({
    ...api.optOuts.import.mutationOptions(),
    onSuccess: ({ added, known, unread }) => {
      notifications.show({
        message: `${added} added, ${known} known already${unread.length > 0 ? `; not understood: ${unread.slice(0, 5).join(', ')}` : ''}.`,
      })
      draft.done()
      onClose()
    },
  })
  return (
    <Modal opened onClose={onClose} title="Add addresses">
      <Stack gap="md">
        <DraftNotice draft={draft} />
        <Textarea
          label="Addresses"
          description="Paste them, or a whole CSV file: every address in it is taken."
          autosize
          minRows={5}
          maxRows={14}
          data-autofocus
          value={text}
          onChange={(event) => setValues({ text: event.currentTarget.value, reason })}
        />
        <TextInput
          label="Reason"
          value={reason}
          onChange={(event) => setValues({ text, reason: event.currentTarget.value })}
        />
        <Group justify="flex-end">
          <CancelButton draft={draft} onClose={onClose} />
          <Button
            disabled={!text.includes('@')}
            loading={add.isPending}
            onClick={() => add.mutate({ text, reason: reason.trim() || null })}
          >
            Add
          </Button>
        </Group>
      </Stack>
    </Modal>
  )
}
