/** The dialog that logs the same activity on many records, as one undoable change. */
import { Modal, Text } from '@mantine/core'
import { useMutation, useQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { api, client } from '../../../api'
import { draftKey } from '../../../app/drafts/key'
import { countOf } from '../../../app/records'
import type { BulkTarget } from '../../../ui/list/definition'
import { idsOfTarget } from '../../../ui/list/target'
import { Composer } from './Composer'
import { startDraft } from './draft'
import { type LogKind, linksTo } from './links'

/** As many as one call takes. */
const most = 5000
/** Characters of JSON that the place of a draft may have. */
const longestPlace = 10_000

export interface BulkLogDialogProps {
  kind: LogKind
  target: BulkTarget
  count: number
  onClose(): void
  onDone?(): void
  above?: ReactNode
}

export function BulkLogDialog(props: BulkLogDialogProps) {
  const { kind, target, count, onClose, onDone, above } = props
  const createMany = useMutation(
    api.activities.createMany.mutationOptions({ meta: { showsProblem: true } }),
  )
  const idsOf = () => idsOfTarget(target, (asked) => pageOf(kind, asked), most)
  // Only leads and contacts are in cadences.
  const about = useQuery({
    queryKey: ['records to log on', kind, target],
    queryFn: async () => (await idsOf()).map((id) => linksTo(kind, id)),
    enabled: count <= most && (kind === 'lead' || kind === 'contact'),
    gcTime: 0,
  })
  const title = `Log on ${countOf(kind, count)}`
  const place = { dialog: 'activity-bulk', with: { kind, target } }
  const isShort = JSON.stringify(place).length < longestPlace
  return (
    <Modal opened onClose={onClose} title={title} size="lg">
      {count > most && (
        <Text size="sm" c="red" mb="sm">
          At most {most.toLocaleString()} at once.
        </Text>
      )}
      <Composer
        about={about.data ?? []}
        initial={startDraft('email', new Date())}
        disabled={count === 0 || count > most}
        keep={{
          key: draftKey('activity-bulk', kind),
          title,
          // Rows named one by one may be too many for a place; they are selected again then.
          place: isShort ? place : { ...place, with: { kind } },
        }}
        above={above}
        onClose={onClose}
        onSave={async (input, _, plan) => {
          const ids = await idsOf()
          await createMany.mutateAsync({
            activities: ids.map((id) => ({ ...input, ...plan, ...linksTo(kind, id) })),
          })
          onClose()
          onDone?.()
        }}
      />
    </Modal>
  )
}

type Asked = Parameters<typeof client.companies.list>[0]

export function pageOf(
  kind: LogKind,
  asked: Asked,
): Promise<{ items: { id: string }[]; nextCursor: string | null; total: number }> {
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
