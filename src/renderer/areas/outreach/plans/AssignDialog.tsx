/** Plans are made: of a cadence or of steps of their own, from when, by whom, and on which dates before anything is written. */
import {
  Alert,
  Button,
  Group,
  Modal,
  SegmentedControl,
  Skeleton,
  Stack,
  Text,
  TextInput,
} from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { IconAlertCircle, IconRoute } from '@tabler/icons-react'
import { keepPreviousData, useMutation, useQuery } from '@tanstack/react-query'
import type { Reference } from '../../../../contract/kernel/shapes'
import type { CadenceStepInput } from '../../../../contract/outreach/cadences'
import type { AssignmentTarget, Simulation } from '../../../../contract/outreach/enrolment'
import { api } from '../../../api'
import { useApp } from '../../../app/actions'
import { draftKey } from '../../../app/drafts/key'
import { useDraft } from '../../../app/drafts/useDraft'
import { messageOf } from '../../../app/problems'
import { useMay } from '../../../app/session'
import { dateOf } from '../../../ui/dates'
import { CancelButton } from '../../../ui/drafts/CancelButton'
import { DraftNotice } from '../../../ui/drafts/DraftNotice'
import { EmptyState } from '../../../ui/EmptyState'
import { useMinute } from '../../../ui/Minute'
import { ReferencePicker } from '../../../ui/ReferencePicker'
import { ReferencesPicker } from '../../../ui/ReferencesPicker'
import { SearchSelect } from '../../../ui/SearchSelect'
import { useNarrow } from '../../../ui/useNarrow'
import { instantOf } from '../../../ui/when/times'
import { WallTimeField } from '../../../ui/when/WallTimeField'
import { StopBanner } from '../messages/StopBanner'
import classes from './AssignDialog.module.css'
import { OwnStepsFields } from './OwnStepsFields'
import { faultsOf, inputOf, type OwnStep, ownStep } from './ownSteps'
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

/** What plans are made of: a stored cadence, or steps that are written here. */
type Source = { cadenceId: string } | { name?: string; steps: CadenceStepInput[] }

interface Written {
  kind: 'cadence' | 'own'
  chosen: string | null
  name: string
  steps: OwnStep[]
  leadIds: string[]
  begin: string | null
  user: Reference | null
}

/** How long a pause in typing lasts before the dates are worked out, in milliseconds. */
const pause = 300

export function AssignDialog({ target, whom, cadence, onClose, onDone }: AssignDialogProps) {
  const narrow = useNarrow()
  const mayGiveToOthers = useMay('configure')
  const today = dateOf(useMinute())
  const place = { dialog: 'assign', with: { target, whom, cadence } }
  const [written, setWritten, draft] = useDraft<Written>({
    key: draftKey(
      'assign',
      target?.leadIds?.length === 1 ? target.leadIds[0] : target,
      cadence?.id,
    ),
    title: title(cadence, whom),
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
  const { kind, chosen, name, steps, leadIds, begin, user } = written
  const change = (part: Partial<Written>) => setWritten((before) => ({ ...before, ...part }))
  const cadences = useQuery({
    ...api.cadences.list.queryOptions({ input: { state: ['active'], sort: 'name', limit: 500 } }),
    enabled: cadence === undefined,
  })
  const faults = faultsOf(steps, today)
  const own: Source | null =
    faults.size > 0
      ? null
      : { ...(name.trim() && { name: name.trim() }), steps: inputOf(steps, today) }
  const source: Source | null = kind === 'own' ? own : chosen ? { cadenceId: chosen } : null
  const asked = target ?? { leadIds }
  const isAsked = target !== null || leadIds.length > 0
  // Own steps say by their days when they begin.
  const startAt = kind === 'cadence' && begin ? instantOf(begin) : undefined
  const wanted = {
    ...source,
    target: asked,
    ...(startAt && { startAt }),
    ...(user && { userId: user.id }),
  }
  const [settled] = useDebouncedValue(wanted, pause)
  const isSettled = JSON.stringify(settled) === JSON.stringify(wanted)
  const simulation = useQuery({
    ...api.plans.simulate.queryOptions({ input: settled }),
    enabled: source !== null && isAsked && isSettled,
    placeholderData: keepPreviousData,
    retry: false,
  })
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
  const shown = source !== null && isAsked ? simulation.data : undefined
  const accepted = shown?.accepted ?? 0
  const isCurrent = isSettled && !simulation.isPlaceholderData
  const none = kind === 'cadence' && cadences.data?.items.length === 0
  return (
    <Modal
      opened
      onClose={onClose}
      size={1040}
      fullScreen={narrow}
      title={title(cadence, whom)}
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
            assign.mutate({ ...wanted, startAt: shown.startAt })
          }}
        >
          <DraftNotice draft={draft} />
          {kind === 'own' && (
            <OwnStepsFields
              steps={steps}
              faults={faults}
              today={today}
              onChange={(next) => change({ steps: next })}
            />
          )}
          <div className={classes.fields}>
            {kind === 'own' && (
              <TextInput
                label="Name"
                placeholder="Own plan"
                maxLength={120}
                value={name}
                className={classes.wide}
                onChange={(event) => change({ name: event.currentTarget.value })}
              />
            )}
            {kind === 'cadence' && cadence === undefined && (
              <SearchSelect
                label="Cadence"
                placeholder="Choose a cadence"
                data-autofocus
                data={
                  cadences.data?.items.map(({ id, name }) => ({ value: id, label: name })) ?? []
                }
                value={chosen}
                onChange={(next) => change({ chosen: next })}
                nothingFoundMessage="No active cadence of this name"
                className={classes.wide}
              />
            )}
            {target === null && (
              <div className={classes.wide}>
                <ReferencesPicker
                  of="lead"
                  label="Leads"
                  value={leadIds}
                  onChange={(next) => change({ leadIds: next })}
                />
              </div>
            )}
            {kind === 'cadence' && (
              <WallTimeField
                label="Begins (now, where left empty)"
                value={begin}
                onChange={(next) => change({ begin: next })}
                needsTime
              />
            )}
            {mayGiveToOthers && (
              <div className={classes.user}>
                <ReferencePicker
                  of="user"
                  label="Worked by"
                  placeholder="Each lead's owner"
                  value={user}
                  onChange={(next) => change({ user: next })}
                />
              </div>
            )}
          </div>
          <div className={classes.preview} aria-busy={simulation.isFetching}>
            {hasAutomated(shown) && (
              <div className={classes.banner}>
                <StopBanner />
              </div>
            )}
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
                {source === null
                  ? nothingShown[kind]
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

const hasAutomated = (simulation: Simulation | undefined): boolean =>
  simulation?.plans.some(({ steps }) => steps.some(({ automated }) => automated)) ?? false

const nothingShown = {
  cadence: 'Choose a cadence, and see here on which day and at what time each of its steps falls.',
  own: 'Give each step its day, and see here when exactly it falls.',
}

const title = (cadence: Reference | undefined, whom: string | undefined) =>
  cadence ? `Assign leads to ${cadence.name}` : whom ? `Plan steps for ${whom}` : 'Plan steps'

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
