/** Logs the same activity on every record chosen in a list, as one undoable change. */
import { Button, Modal, Text } from '@mantine/core'
import { IconMessagePlus } from '@tabler/icons-react'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { api, client } from '../../api'
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
            initial={startDraft('email', new Date())}
            disabled={count > most}
            onCancel={() => setOpened(false)}
            onSave={async (input) => {
              const ids = await idsOfTarget(target, (asked) => pageOf(kind, asked), most)
              await createMany.mutateAsync({
                activities: ids.map((id) => ({ ...input, ...linksTo(kind, id) })),
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
