/** Logs the same activity on every record chosen in a list, as one undoable change. */
import { Button, Modal, Text } from '@mantine/core'
import { IconMessagePlus } from '@tabler/icons-react'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { api, client } from '../../api'
import { draftKey } from '../../app/drafts/key'
import { countOf } from '../../app/records'
import { useMay } from '../../app/session'
import type { BulkTarget } from '../../ui/list/definition'
import { idsOfTarget } from '../../ui/list/target'
import { Composer } from './Composer'
import { startDraft } from './draft'
import { type LogKind, linksTo } from './links'

/** As many as one call takes. */
const most = 5000

export interface BulkLogProps {
  kind: LogKind
  target: BulkTarget
  count: number
  onDone(): void
}

export function BulkLog({ kind, target, count, onDone }: BulkLogProps) {
  const mayWrite = useMay('write')
  const [opened, setOpened] = useState(false)
  const createMany = useMutation(
    api.activities.createMany.mutationOptions({ meta: { showsProblem: true } }),
  )
  // Only leads and contacts are in cadences.
  const about = useQuery({
    queryKey: ['records to log on', kind, target],
    queryFn: async () =>
      (await idsOfTarget(target, (asked) => pageOf(kind, asked), most)).map((id) =>
        linksTo(kind, id),
      ),
    enabled: opened && count <= most && (kind === 'lead' || kind === 'contact'),
    gcTime: 0,
  })
  if (!mayWrite) return null
  return (
    <>
      <Button
        variant="default"
        leftSection={<IconMessagePlus size={15} />}
        onClick={() => setOpened(true)}
      >
        Log
      </Button>
      {opened && (
        <Modal
          opened
          onClose={() => setOpened(false)}
          title={`Log on ${countOf(kind, count)}`}
          size="lg"
        >
          {count > most && (
            <Text size="sm" c="red" mb="sm">
              At most {most.toLocaleString()} at once.
            </Text>
          )}
          <Composer
            about={about.data ?? []}
            initial={startDraft('email', new Date())}
            disabled={count > most}
            keep={{
              key: draftKey('activity-bulk', kind),
              title: `Log on ${countOf(kind, count)}`,
            }}
            onClose={() => setOpened(false)}
            onSave={async (input, _, plan) => {
              const ids = await idsOfTarget(target, (asked) => pageOf(kind, asked), most)
              await createMany.mutateAsync({
                activities: ids.map((id) => ({ ...input, ...plan, ...linksTo(kind, id) })),
              })
              setOpened(false)
              onDone()
            }}
          />
        </Modal>
      )}
    </>
  )
}

type Asked = Parameters<typeof client.companies.list>[0]

function pageOf(
  kind: LogKind,
  asked: Asked,
): Promise<{ items: { id: string }[]; nextCursor: string | null }> {
  switch (kind) {
    case 'lead':
      return client.leads.list(asked)
    case 'contact':
      return client.contacts.list(asked)
    case 'company':
      return client.companies.list(asked)
    case 'customer':
      return client.customers.list(asked)
  }
}
