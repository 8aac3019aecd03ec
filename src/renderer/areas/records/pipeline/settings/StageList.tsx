/** The stages of a pipeline, in the order of the board: arranged by their grips, changed in place. */
import { ActionIcon, Button, Select, Text, TextInput, Tooltip } from '@mantine/core'
import { modals } from '@mantine/modals'
import { IconGripVertical, IconPlus, IconTrash } from '@tabler/icons-react'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import type { BasedOn } from '../../../../../contract/kernel/based-on'
import type { Pipeline, Stage } from '../../../../../contract/records/pipeline'
import { type StageKind, stageKinds } from '../../../../../contract/records/words'
import { api } from '../../../../api'
import { messageOf } from '../../../../app/problems'
import { countOf } from '../../../../app/records'
import { CommitNumber, CommitText } from '../../../../ui/CommitText'
import { useArranging } from '../../../../ui/useArranging'
import { RemoveStageDialog } from './RemoveDialogs'
import { palette, StageColor } from './StageColor'
import classes from './StageList.module.css'

export interface StageListProps {
  pipeline: Pipeline
  pipelines: readonly Pipeline[]
  mayConfigure: boolean
}

export function StageList({ pipeline, pipelines, mayConfigure }: StageListProps) {
  const [removing, setRemoving] = useState<Stage | null>(null)
  const cache = useQueryClient()
  const reorder = useMutation(
    api.pipeline.stages.reorder.mutationOptions({
      // Pending until the new order is read: the old one does not come back in between.
      onSuccess: () => cache.invalidateQueries({ queryKey: api.pipeline.list.key() }),
    }),
  )
  const sent = reorder.isPending ? reorder.variables.stageIds : undefined
  const stages = sent ? inOrder(pipeline.stages, sent) : pipeline.stages
  const { shiftOf, gripOf, moved } = useArranging(
    stages.map(({ id }) => id),
    (stageIds) => reorder.mutate({ pipelineId: pipeline.id, stageIds }),
  )
  return (
    <div>
      <div className={classes.head} aria-hidden>
        <span />
        <span />
        <span>Stage</span>
        <span>Means</span>
        <span>Chance</span>
        <span>Rots after</span>
        <span className={classes.leads}>Leads</span>
        <span />
      </div>
      <ol className={classes.stages} aria-label={`Stages of ${pipeline.name}`}>
        {stages.map((stage) => (
          <li
            key={stage.id}
            data-stage={stage.id}
            className={classes.stage}
            data-moved={moved === stage.id || undefined}
            style={{ translate: `0 ${shiftOf(stage.id)}px` }}
          >
            <button
              {...gripOf(stage.id, stage.name)}
              type="button"
              className={classes.grip}
              disabled={!mayConfigure}
            >
              <IconGripVertical size={16} stroke={1.6} aria-hidden />
            </button>
            <StageRow
              stage={stage}
              mayConfigure={mayConfigure}
              onRemove={() => setRemoving(stage)}
            />
          </li>
        ))}
      </ol>
      {mayConfigure && <NewStage pipeline={pipeline} />}
      {removing && (
        <RemoveStageDialog
          stage={removing}
          pipelines={pipelines}
          onClose={() => setRemoving(null)}
        />
      )}
    </div>
  )
}

const kindNames: Readonly<Record<StageKind, string>> = { open: 'Open', won: 'Won', lost: 'Lost' }
/** What follows from what a stage means. */
const fixed: Readonly<Record<StageKind, Partial<Stage>>> = {
  open: { probability: 50 },
  won: { probability: 100, rottingDays: null },
  lost: { probability: 0, rottingDays: null },
}

interface StageRowProps {
  stage: Stage
  mayConfigure: boolean
  onRemove(): void
}

function StageRow({ stage, mayConfigure, onRemove }: StageRowProps) {
  const quiet = useMutation(
    api.pipeline.stages.update.mutationOptions({ meta: { showsProblem: true } }),
  )
  const update = useMutation(api.pipeline.stages.update.mutationOptions())
  const change = (
    patch: Partial<Omit<Stage, 'id' | 'pipelineId' | 'leads' | 'position'>> & { basedOn: BasedOn },
  ) => quiet.mutateAsync({ id: stage.id, ...patch })
  const setKind = (kind: StageKind) => {
    const { probability, rottingDays } = fixed[kind]
    const carryOut = () =>
      update.mutate({
        id: stage.id,
        kind,
        basedOn: { kind: stage.kind },
        ...(probability === undefined ? {} : { probability }),
        ...(rottingDays === undefined ? {} : { rottingDays }),
      })
    if (stage.leads === 0) return carryOut()
    modals.openConfirmModal({
      title: `Make “${stage.name}” a stage that is ${kindNames[kind].toLowerCase()}?`,
      children: (
        <Text size="sm">
          {countOf('lead', stage.leads)} in it {stage.leads === 1 ? 'becomes' : 'become'}{' '}
          {kindNames[kind].toLowerCase()} with it.
        </Text>
      ),
      labels: { confirm: `Make it ${kindNames[kind].toLowerCase()}`, cancel: 'Cancel' },
      onConfirm: carryOut,
    })
  }
  const open = stage.kind === 'open'
  return (
    <>
      <StageColor
        name={stage.name}
        color={stage.color}
        disabled={!mayConfigure}
        onChange={(color) =>
          update.mutate({ id: stage.id, color, basedOn: { color: stage.color } })
        }
      />
      <div className={classes.name}>
        <CommitText
          label={`Name of stage ${stage.name}`}
          value={stage.name}
          disabled={!mayConfigure}
          fw={550}
          maxLength={80}
          onCommit={(name, before) => change({ name, basedOn: { name: before } })}
        />
      </div>
      <div className={classes.kind}>
        <Select
          size="xs"
          variant="filled"
          aria-label={`What ${stage.name} means`}
          allowDeselect={false}
          disabled={!mayConfigure}
          data={stageKinds.map((value) => ({ value, label: kindNames[value] }))}
          value={stage.kind}
          onChange={(kind) => kind && kind !== stage.kind && setKind(kind)}
        />
      </div>
      <div className={classes.chance}>
        <CommitNumber
          label={`Chance of winning a lead in ${stage.name}, percent`}
          value={stage.probability}
          min={0}
          max={100}
          suffix=" %"
          disabled={!mayConfigure || !open}
          onCommit={(probability, before) =>
            change({ probability: probability ?? 0, basedOn: { probability: before } })
          }
        />
      </div>
      <div className={classes.rotting}>
        <CommitNumber
          label={`Days without a step after which a lead in ${stage.name} rots`}
          value={stage.rottingDays}
          empty="never"
          min={1}
          max={3650}
          suffix=" days"
          disabled={!mayConfigure || !open}
          onCommit={(rottingDays, before) =>
            change({ rottingDays, basedOn: { rottingDays: before } })
          }
        />
      </div>
      <span className={classes.leads}>{stage.leads.toLocaleString()}</span>
      <Tooltip label="Delete the stage">
        <ActionIcon
          className={classes.remove}
          aria-label={`Delete ${stage.name}`}
          disabled={!mayConfigure}
          onClick={onRemove}
        >
          <IconTrash size={16} stroke={1.6} />
        </ActionIcon>
      </Tooltip>
    </>
  )
}

function NewStage({ pipeline }: { pipeline: Pipeline }) {
  const [name, setName] = useState('')
  const create = useMutation(
    api.pipeline.stages.create.mutationOptions({
      meta: { showsProblem: true },
      onSuccess: () => setName(''),
    }),
  )
  const used = new Set(pipeline.stages.map(({ color }) => color.toLowerCase()))
  return (
    <form
      className={classes.adding}
      onSubmit={(event) => {
        event.preventDefault()
        if (name.trim() === '') return
        create.mutate({
          pipelineId: pipeline.id,
          name,
          color: palette.find((color) => !used.has(color)) ?? '#228be6',
        })
      }}
    >
      <TextInput
        size="xs"
        flex={1}
        maw={280}
        aria-label="Name of a new stage"
        placeholder="Another stage"
        maxLength={80}
        value={name}
        error={create.error ? messageOf(create.error) : undefined}
        onChange={(event) => setName(event.currentTarget.value)}
      />
      <Button
        type="submit"
        variant="default"
        leftSection={<IconPlus size={14} />}
        loading={create.isPending}
        disabled={name.trim() === ''}
      >
        Add a stage
      </Button>
    </form>
  )
}

function inOrder(stages: readonly Stage[], ids: readonly string[]): Stage[] {
  const place = new Map(ids.map((id, index) => [id, index]))
  return stages.toSorted((one, other) => (place.get(one.id) ?? 0) - (place.get(other.id) ?? 0))
}
