/** Creates a pipeline, with the usual stages or those of another one. */
import { Button, Group, Modal, Select, Stack, Text, TextInput } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import type { Pipeline } from '../../../../../contract/records/pipeline'
import { api } from '../../../../api'
import { useDraft } from '../../../../app/drafts/useDraft'
import { fieldErrors, messageOf } from '../../../../app/problems'
import { CancelButton } from '../../../../ui/drafts/CancelButton'
import { DraftNotice } from '../../../../ui/drafts/DraftNotice'

export interface NewPipelineDialogProps {
  pipelines: readonly Pipeline[]
  onClose(): void
  onCreated(id: string): void
}

const usual = 'usual'

/** Of its draft. */
export const newPipelineKey = 'pipeline.new'

export function NewPipelineDialog({ pipelines, onClose, onCreated }: NewPipelineDialogProps) {
  const [{ name, from }, setValues, draft] = useDraft({
    key: newPipelineKey,
    title: 'New pipeline',
    initial: { name: '', from: usual },
  })
  const create = useMutation(
    api.pipeline.create.mutationOptions({
      meta: { showsProblem: true },
      onSuccess: ({ id }) => {
        draft.done()
        onClose()
        onCreated(id)
      },
    }),
  )
  const errors = create.error ? fieldErrors(create.error, ['name']) : {}
  return (
    <Modal opened onClose={onClose} title="New pipeline" size="sm">
      <form
        onSubmit={(event) => {
          event.preventDefault()
          create.mutate({ name, ...(from === usual ? {} : { copyStagesFrom: from }) })
        }}
      >
        <Stack>
          <DraftNotice draft={draft} />
          <TextInput
            label="Name"
            placeholder="Renewals, partners …"
            data-autofocus
            required
            maxLength={80}
            value={name}
            error={errors.name}
            onChange={(event) => setValues({ from, name: event.currentTarget.value })}
          />
          <Select
            label="Stages"
            allowDeselect={false}
            data={[
              { value: usual, label: 'The usual ones' },
              ...pipelines.map((pipeline) => ({
                value: pipeline.id,
                label: `As in ${pipeline.name}`,
              })),
            ]}
            value={from}
            onChange={(value) => setValues({ name, from: value ?? usual })}
          />
          {create.error && !errors.name && (
            <Text size="sm" c="red" role="alert">
              {errors[''] ?? messageOf(create.error)}
            </Text>
          )}
          <Group justify="flex-end">
            <CancelButton draft={draft} onClose={onClose} />
            <Button type="submit" loading={create.isPending} disabled={name.trim() === ''}>
              Create pipeline
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  )
}
