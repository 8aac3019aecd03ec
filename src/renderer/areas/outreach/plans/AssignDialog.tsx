/** Makes plans, of a cadence or of steps of their own, and shows the dates before anything is written. */
import { Button, Group, Modal, SegmentedControl, Text } from '@mantine/core'
import { IconRoute } from '@tabler/icons-react'
import { useMutation, useQuery } from '@tanstack/react-query'
import type { Reference } from '../../../../contract/kernel/shapes'
import { api } from '../../../api'
import { useApp } from '../../../app/actions'
import { draftKey } from '../../../app/drafts/key'
import { useDraft } from '../../../app/drafts/useDraft'
import { messageOf } from '../../../app/problems'
import { dateOf } from '../../../ui/dates'
import { CancelButton } from '../../../ui/drafts/CancelButton'
import { DraftNotice } from '../../../ui/drafts/DraftNotice'
import { EmptyState } from '../../../ui/EmptyState'
import { useMinute } from '../../../ui/Minute'
import { useNarrow } from '../../../ui/useNarrow'
import classes from './AssignDialog.module.css'
import { AssignFields } from './AssignFields'
import { AssignPreview } from './AssignPreview'
import { type Target, useAssignment, type Written } from './assignment'
import { ownStep } from './ownSteps'

export interface AssignDialogProps {
  /** Null asks for the leads. */
  target: Target | null
  /** E.g. "Acme" or "50 leads". */
  targetName?: string
  /** Given where it is not to be chosen. */
  cadence?: Reference
  onClose(): void
  onDone?(): void
}

export function AssignDialog({ target, targetName, cadence, onClose, onDone }: AssignDialogProps) {
  const narrow = useNarrow()
  const today = dateOf(useMinute())
  const place = { dialog: 'assign', with: { target, whom: targetName, cadence } }
  const [written, setWritten, draft] = useDraft<Written>({
    key: draftKey(
      'assign',
      target?.leadIds?.length === 1 ? target.leadIds[0] : target,
      cadence?.id,
    ),
    title: titleOf(cadence, targetName),
    recordId: target?.leadIds?.length === 1 ? target.leadIds[0] : cadence?.id,
    // Many leads by a filter are chosen again where they were.
    ...(JSON.stringify(place).length < 10_000 ? { place } : {}),
    initial: () => ({
      kind: 'cadence',
      chosen: cadence?.id ?? null,
      name: '',
      steps: [ownStep('first', today)],
      leadIds: [],
      begin: null,
      user: null,
    }),
  })
  const { kind } = written
  const change = (part: Partial<Written>) => setWritten((before) => ({ ...before, ...part }))
  const cadences = useQuery({
    ...api.cadences.list.queryOptions({ input: { state: ['active'], sort: 'name', limit: 500 } }),
    enabled: cadence === undefined,
  })
  const assignment = useAssignment(written, target, today)
  const { input, shown, isCurrent } = assignment
  const assign = useMutation(
    api.plans.createMany.mutationOptions({
      meta: { showsProblem: true },
      onSuccess: () => {
        draft.done()
        onClose()
        onDone?.()
      },
    }),
  )
  const accepted = shown?.accepted ?? 0
  const none = kind === 'cadence' && cadences.data?.items.length === 0
  return (
    <Modal
      opened
      onClose={onClose}
      size={1040}
      fullScreen={narrow}
      title={titleOf(cadence, targetName)}
      classNames={{ body: classes.body as string, content: classes.content as string }}
    >
      {cadence === undefined && (
        <SegmentedControl
          aria-label="What the plan is made of"
          mb="sm"
          className={classes.kind}
          value={kind}
          onChange={(next) => change({ kind: next })}
          data={[
            { value: 'cadence', label: 'A cadence' },
            { value: 'own', label: 'Steps of its own' },
          ]}
        />
      )}
      {none ? (
        <NoCadence onClose={onClose} />
      ) : (
        <form
          className={classes.form}
          onSubmit={(event) => {
            event.preventDefault()
            if (!shown || !isCurrent || accepted === 0) return
            // The dates that were seen are the dates that come.
            assign.mutate({ ...input, startAt: shown.startAt })
          }}
        >
          <DraftNotice draft={draft} />
          <AssignFields
            written={written}
            today={today}
            cadences={cadence === undefined ? (cadences.data?.items ?? []) : undefined}
            asksForLeads={target === null}
            onChange={change}
          />
          <AssignPreview kind={kind} assignment={assignment} />
          {assign.error && (
            <Text size="sm" c="red" role="alert">
              {messageOf(assign.error)}
            </Text>
          )}
          <Group justify="flex-end">
            <CancelButton draft={draft} onClose={onClose} />
            <Button
              type="submit"
              loading={assign.isPending}
              disabled={accepted === 0 || !isCurrent}
            >
              {accepted > 1 ? `Start ${accepted.toLocaleString()} plans` : 'Start the plan'}
            </Button>
          </Group>
        </form>
      )}
    </Modal>
  )
}

const titleOf = (cadence: Reference | undefined, targetName: string | undefined) =>
  cadence
    ? `Assign leads to ${cadence.name}`
    : targetName
      ? `Plan steps for ${targetName}`
      : 'Plan steps'

function NoCadence({ onClose }: { onClose(): void }) {
  const app = useApp()
  return (
    <EmptyState
      icon={IconRoute}
      size="sm"
      title="No cadence takes leads in yet"
      text="Write one, or begin with one of the ready ones, and activate it."
    >
      <Button
        onClick={() => {
          onClose()
          app.goTo('/cadences')
        }}
      >
        Open the cadences
      </Button>
    </EmptyState>
  )
}
