/** Leads are taken into a cadence: which one, from when, by whom, and on which dates before anything is written. */
import { Alert, Button, Group, Modal, Select, Skeleton, Stack, Text } from '@mantine/core'
import { IconAlertCircle, IconRoute } from '@tabler/icons-react'
import { keepPreviousData, useMutation, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { AssignmentTarget } from '../../../contract/enrolment'
import type { Reference } from '../../../contract/shapes'
import { api } from '../../api'
import { useApp } from '../../app/actions'
import { messageOf } from '../../app/problems'
import { useMay } from '../../app/session'
import { EmptyState } from '../../ui/EmptyState'
import { ReferencePicker, ReferencesPicker } from '../../ui/ReferencePicker'
import { useNarrow } from '../../ui/useNarrow'
import { instantOf } from '../../ui/when/times'
import { WallTimeField } from '../../ui/when/WallTimeField'
import classes from './AssignDialog.module.css'
import { Preview } from './Preview'

/** Whom plans are made for, as the core is asked. */
export type Target = Partial<AssignmentTarget>

export interface AssignDialogProps {
  /** Null asks for the leads. */
  target: Target | null
  /** E.g. "Acme" or "50 leads". */
  whom?: string
  /** Given where it is not to be chosen. */
  cadence?: Reference
  onClose(): void
  onDone?(): void
}

export function AssignDialog({ target, whom, cadence, onClose, onDone }: AssignDialogProps) {
  const narrow = useNarrow()
  const mayGiveToOthers = useMay('configure')
  const [chosen, setChosen] = useState<string | null>(cadence?.id ?? null)
  const [leadIds, setLeadIds] = useState<string[]>([])
  const [begin, setBegin] = useState<string | null>(null)
  const [user, setUser] = useState<Reference | null>(null)
  const cadences = useQuery({
    ...api.cadences.list.queryOptions({ input: { state: ['active'], sort: 'name', limit: 500 } }),
    enabled: cadence === undefined,
  })
  const asked = target ?? { leadIds }
  const isAsked = target !== null || leadIds.length > 0
  const simulation = useQuery({
    ...api.cadences.simulate.queryOptions({
      input: {
        id: chosen ?? '',
        target: asked,
        ...(begin ? { startAt: instantOf(begin) } : {}),
        ...(user ? { userId: user.id } : {}),
      },
    }),
    enabled: chosen !== null && isAsked,
    placeholderData: keepPreviousData,
    retry: false,
  })
  const assign = useMutation(
    api.plans.createMany.mutationOptions({
      meta: { showsProblem: true },
      onSuccess: () => {
        onClose()
        onDone?.()
      },
    }),
  )
  const shown = chosen !== null && isAsked ? simulation.data : undefined
  const accepted = shown?.accepted ?? 0
  const none = cadences.data?.items.length === 0
  return (
    <Modal
      opened
      onClose={onClose}
      size={1040}
      fullScreen={narrow}
      title={title(cadence, whom)}
      classNames={{ body: classes.body as string, content: classes.content as string }}
    >
      {none ? (
        <NoCadence onClose={onClose} />
      ) : (
        <form
          className={classes.form}
          onSubmit={(event) => {
            event.preventDefault()
            if (!shown || simulation.isPlaceholderData || accepted === 0 || !chosen) return
            assign.mutate({
              cadenceId: chosen,
              target: asked,
              // The dates that were seen are the dates that come.
              startAt: shown.startAt,
              ...(user ? { userId: user.id } : {}),
            })
          }}
        >
          <div className={classes.fields}>
            {cadence === undefined && (
              <Select
                label="Cadence"
                placeholder="Choose a cadence"
                data-autofocus
                searchable
                data={
                  cadences.data?.items.map(({ id, name }) => ({ value: id, label: name })) ?? []
                }
                value={chosen}
                onChange={setChosen}
                nothingFoundMessage="No active cadence of this name"
                className={classes.wide}
              />
            )}
            {target === null && (
              <div className={classes.wide}>
                <ReferencesPicker of="lead" label="Leads" value={leadIds} onChange={setLeadIds} />
              </div>
            )}
            <WallTimeField
              label="Begins (now, where left empty)"
              value={begin}
              onChange={setBegin}
              needsTime
            />
            {mayGiveToOthers && (
              <div className={classes.user}>
                <ReferencePicker
                  of="user"
                  label="Worked by"
                  placeholder="Each lead's owner"
                  value={user}
                  onChange={setUser}
                />
              </div>
            )}
          </div>
          <div className={classes.preview} aria-busy={simulation.isFetching}>
            {simulation.isError ? (
              <Alert color="red" icon={<IconAlertCircle size={16} />} role="alert">
                {messageOf(simulation.error)}
              </Alert>
            ) : shown ? (
              <Preview simulation={shown} />
            ) : simulation.isFetching ? (
              <Stack gap={8} aria-label="Loading">
                {[0, 1, 2, 3].map((line) => (
                  <Skeleton key={line} height={52} />
                ))}
              </Stack>
            ) : (
              <Text size="sm" c="dimmed">
                {chosen === null
                  ? 'Choose a cadence, and see here on which day and at what time each of its steps falls.'
                  : 'Name the leads, or choose many at once in the list of leads.'}
              </Text>
            )}
          </div>
          {assign.error && (
            <Text size="sm" c="red" role="alert">
              {messageOf(assign.error)}
            </Text>
          )}
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              Cancel
            </Button>
            <Button
              type="submit"
              loading={assign.isPending}
              disabled={accepted === 0 || simulation.isPlaceholderData}
            >
              {accepted > 1 ? `Start ${accepted.toLocaleString()} plans` : 'Start the plan'}
            </Button>
          </Group>
        </form>
      )}
    </Modal>
  )
}

const title = (cadence: Reference | undefined, whom: string | undefined) =>
  cadence
    ? `Assign leads to ${cadence.name}`
    : whom
      ? `Start a cadence for ${whom}`
      : 'Start a cadence'

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
