/** Deleting a stage or a pipeline: its leads go where the user says. */
import { Alert, Button, Group, Modal, Select, Stack, Text } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import type { Pipeline, Stage } from '../../../../../contract/records/pipeline'
import { api } from '../../../../api'
import { messageOf } from '../../../../app/problems'
import { countOf } from '../../../../app/records'

export interface RemoveStageDialogProps {
  stage: Stage
  pipelines: readonly Pipeline[]
  onClose(): void
}

export function RemoveStageDialog({ stage, pipelines, onClose }: RemoveStageDialogProps) {
  const remove = useMutation(
    api.pipeline.stages.remove.mutationOptions({
      meta: { showsProblem: true },
      onSuccess: onClose,
    }),
  )
  const own = pipelines.find(({ id }) => id === stage.pipelineId)
  const others = pipelines.filter(({ id }) => id !== stage.pipelineId)
  const before = own?.stages.filter(({ position }) => position < stage.position).at(-1)
  const after = own?.stages.find(({ position }) => position > stage.position)
  return (
    <RemoveDialog
      title={`Delete the stage “${stage.name}”?`}
      leads={stage.leads}
      targets={[...(own ? [own] : []), ...others].map((pipeline) => ({
        ...pipeline,
        stages: pipeline.stages.filter(({ id }) => id !== stage.id),
      }))}
      suggestion={(before ?? after)?.id}
      confirm="Delete the stage"
      busy={remove.isPending}
      error={remove.error}
      onClose={onClose}
      onConfirm={(moveLeadsTo) =>
        remove.mutate({ id: stage.id, ...(moveLeadsTo ? { moveLeadsTo } : {}) })
      }
    />
  )
}

export interface RemovePipelineDialogProps {
  pipeline: Pipeline
  pipelines: readonly Pipeline[]
  onClose(): void
}

export function RemovePipelineDialog(props: RemovePipelineDialogProps) {
  const { pipeline, pipelines, onClose } = props
  const remove = useMutation(
    api.pipeline.remove.mutationOptions({ meta: { showsProblem: true }, onSuccess: onClose }),
  )
  const others = pipelines.filter(({ id }) => id !== pipeline.id)
  const target = others.find(({ isDefault }) => isDefault) ?? others[0]
  return (
    <RemoveDialog
      title={`Delete the pipeline “${pipeline.name}”?`}
      leads={pipeline.stages.reduce((sum, { leads }) => sum + leads, 0)}
      targets={others}
      suggestion={target?.stages[0]?.id}
      confirm="Delete the pipeline"
      busy={remove.isPending}
      error={remove.error}
      onClose={onClose}
      onConfirm={(moveLeadsTo) =>
        remove.mutate({ id: pipeline.id, ...(moveLeadsTo ? { moveLeadsTo } : {}) })
      }
    />
  )
}

interface RemoveDialogProps {
  title: string
  leads: number
  /** Pipelines with the stages that can take the leads. */
  targets: readonly Pick<Pipeline, 'id' | 'name' | 'stages'>[]
  suggestion: string | undefined
  confirm: string
  busy: boolean
  error: unknown
  onClose(): void
  onConfirm(moveLeadsTo: string | null): void
}

function RemoveDialog(props: RemoveDialogProps) {
  const { title, leads, targets, suggestion, confirm, busy, error, onClose, onConfirm } = props
  const [target, setTarget] = useState(suggestion ?? null)
  const groups = targets.filter(({ stages }) => stages.length > 0)
  return (
    <Modal opened onClose={onClose} title={title} size="sm">
      <form
        onSubmit={(event) => {
          event.preventDefault()
          // Leads in the trash need a stage as well, should they be restored.
          onConfirm(target)
        }}
      >
        <Stack>
          {leads > 0 ? (
            <Select
              label={`Where ${leads === 1 ? 'does its lead' : `do its ${leads.toLocaleString()} leads`} go?`}
              description="They keep their order, above the leads that are there."
              data-autofocus
              allowDeselect={false}
              data={
                groups.length > 1
                  ? groups.map(({ name, stages }) => ({
                      group: name,
                      items: stages.map(option),
                    }))
                  : (groups[0]?.stages.map(option) ?? [])
              }
              value={target}
              onChange={setTarget}
            />
          ) : (
            <Text size="sm">{countOf('lead', 0)} stand in it. Undo brings it back.</Text>
          )}
          {error !== null && error !== undefined && (
            <Alert color="red" variant="light" role="alert">
              {messageOf(error)}
            </Alert>
          )}
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              Cancel
            </Button>
            <Button type="submit" color="red" loading={busy} disabled={leads > 0 && !target}>
              {confirm}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  )
}

const option = ({ id, name }: Stage) => ({ value: id, label: name })
