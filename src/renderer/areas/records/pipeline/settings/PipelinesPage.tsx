/** The settings of pipelines: which there are, and the stages of each. */
import { Badge, Button, Group, Stack, Tabs, Tooltip } from '@mantine/core'
import { IconLayoutKanban, IconPlus, IconStar, IconTrash } from '@tabler/icons-react'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useRouter, useRouterState } from '@tanstack/react-router'
import { useState } from 'react'
import type { Pipeline } from '../../../../../contract/records/pipeline'
import { api } from '../../../../api'
import { useApp } from '../../../../app/actions'
import { useDraftRequest } from '../../../../app/drafts/useDraft'
import { useMay } from '../../../../app/session'
import { CommitText } from '../../../../ui/CommitText'
import { LoadState } from '../../../../ui/LoadState'
import { ReadOnlyNote } from '../../../../ui/settings/ReadOnlyNote'
import { SettingsCard, SettingsFrame } from '../../../../ui/settings/SettingsFrame'
import { ConversionTable } from '../Conversion'
import { readBoardState } from '../state'
import { NewPipelineDialog, newPipelineKey } from './NewPipelineDialog'
import { RemovePipelineDialog } from './RemoveDialogs'
import { StageList } from './StageList'

export default function PipelinesPage() {
  const mayConfigure = useMay('configure')
  const pipelines = useQuery(api.pipeline.list.queryOptions())
  const [creating, setCreating] = useState(false)
  useDraftRequest(
    (key) => mayConfigure && key === newPipelineKey,
    () => setCreating(true),
  )
  const { chosen, choose } = useChosen()
  return (
    <SettingsFrame
      title="Pipelines and stages"
      text="A pipeline is the way your leads go, stage by stage. Each has a board of its own."
      actions={
        mayConfigure && (
          <Button leftSection={<IconPlus size={14} />} onClick={() => setCreating(true)}>
            New pipeline
          </Button>
        )
      }
    >
      {!mayConfigure && <ReadOnlyNote who="Managers and admins" />}
      <LoadState query={pipelines} what="the pipelines">
        {(found) => {
          const shown = found.find(({ id }) => id === chosen) ?? found.find((one) => one.isDefault)
          return (
            <Stack gap="lg">
              {found.length > 1 && (
                <Tabs
                  value={shown?.id ?? null}
                  onChange={(id) => id && choose(id)}
                  aria-label="Pipelines"
                >
                  <Tabs.List>
                    {found.map(({ id, name, isDefault }) => (
                      <Tabs.Tab
                        key={id}
                        value={id}
                        rightSection={isDefault ? <Badge size="sm">default</Badge> : undefined}
                      >
                        {name}
                      </Tabs.Tab>
                    ))}
                  </Tabs.List>
                </Tabs>
              )}
              {shown && (
                <OnePipeline
                  key={shown.id}
                  pipeline={shown}
                  pipelines={found}
                  mayConfigure={mayConfigure}
                />
              )}
            </Stack>
          )
        }}
      </LoadState>
      {creating && (
        <NewPipelineDialog
          pipelines={pipelines.data ?? []}
          onClose={() => setCreating(false)}
          onCreated={choose}
        />
      )}
    </SettingsFrame>
  )
}

interface OnePipelineProps {
  pipeline: Pipeline
  pipelines: readonly Pipeline[]
  mayConfigure: boolean
}

function OnePipeline({ pipeline, pipelines, mayConfigure }: OnePipelineProps) {
  const app = useApp()
  const [removing, setRemoving] = useState(false)
  const update = useMutation(api.pipeline.update.mutationOptions({ meta: { showsProblem: true } }))
  const makeDefault = useMutation(api.pipeline.update.mutationOptions())
  const only = pipelines.length === 1
  return (
    <>
      <SettingsCard flush>
        <Group justify="space-between" gap="sm" px={18} pt={14}>
          <CommitText
            label="Name of the pipeline"
            value={pipeline.name}
            disabled={!mayConfigure}
            fw={650}
            maxLength={80}
            onCommit={(name, before) =>
              update.mutateAsync({ id: pipeline.id, name, basedOn: { name: before } })
            }
          />
          <Group gap={6}>
            <Button
              variant="default"
              leftSection={<IconLayoutKanban size={15} stroke={1.7} />}
              onClick={() =>
                app.goTo(pipeline.isDefault ? '/pipeline' : `/pipeline?pipeline=${pipeline.id}`)
              }
            >
              Board
            </Button>
            {mayConfigure && !pipeline.isDefault && (
              <Tooltip label="New leads begin in it, and the board opens with it">
                <Button
                  variant="default"
                  leftSection={<IconStar size={15} stroke={1.7} />}
                  loading={makeDefault.isPending}
                  onClick={() => makeDefault.mutate({ id: pipeline.id, isDefault: true })}
                >
                  Make default
                </Button>
              </Tooltip>
            )}
            {mayConfigure && (
              <Tooltip label={only ? 'The last pipeline stays' : 'Delete the pipeline'}>
                <Button
                  variant="default"
                  leftSection={<IconTrash size={15} stroke={1.7} />}
                  disabled={only}
                  onClick={() => setRemoving(true)}
                >
                  Delete
                </Button>
              </Tooltip>
            )}
          </Group>
        </Group>
        <StageList pipeline={pipeline} pipelines={pipelines} mayConfigure={mayConfigure} />
      </SettingsCard>
      <SettingsCard title="How leads go through it">
        <ConversionTable pipeline={pipeline} />
      </SettingsCard>
      {removing && (
        <RemovePipelineDialog
          pipeline={pipeline}
          pipelines={pipelines}
          onClose={() => setRemoving(false)}
        />
      )}
    </>
  )
}

/** The pipeline that is shown, kept in the address. */
function useChosen() {
  const router = useRouter()
  const search = useRouterState({ select: (current) => current.location.search })
  return {
    chosen: readBoardState(search).pipeline,
    choose: (pipeline: string) =>
      void router.navigate({ to: '.', search: { pipeline }, replace: true }),
  }
}
