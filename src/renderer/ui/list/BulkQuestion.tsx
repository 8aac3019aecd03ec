/** One field and one button: asks for the value that many rows get. */
import { Button, Group, Modal, Stack } from '@mantine/core'
import type { Icon } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { api } from '../../api'
import { countOf, type PageKind } from '../../app/records'
import { FieldInput, type InputLook } from '../FieldInput'
import { type FieldValue, isReference, type WrittenField } from '../fields'
import { textOrNull } from '../forms'
import { LostReasonInput } from '../LostReasonInput'
import type { BulkAction } from './definition'

/** What is asked about before it is done. */
export interface Asking {
  label: string
  icon: Icon
  field: WrittenField
  /** Of tags: whether they are added or removed. */
  tags?: 'addTags' | 'removeTags'
}

export interface BulkQuestionProps {
  asking: Asking
  kind: PageKind
  count: number
  busy: boolean
  onClose(): void
  onAnswer(action: BulkAction): void
}

export function BulkQuestion({ asking, kind, count, busy, onClose, onAnswer }: BulkQuestionProps) {
  const { field, label, tags } = asking
  const [value, setValue] = useState<FieldValue>(null)
  const [readable, setReadable] = useState(true)
  const [lostReason, setLostReason] = useState('')
  const isLost = useIsLost(field, value)
  const answer = (): BulkAction | null => {
    if (tags) {
      const named = Array.isArray(value) ? value : []
      return named.length > 0 ? { type: tags, tags: named } : null
    }
    const given = isReference(value)
      ? value.id
      : typeof value === 'string'
        ? textOrNull(value)
        : value
    if (!readable || (given === null && field.filled)) return null
    return {
      type: 'update',
      patch: { [field.written]: given, ...(isLost && lostReason ? { lostReason } : {}) },
    }
  }
  const action = answer()
  return (
    <Modal
      opened
      onClose={onClose}
      // A question that came of it takes Esc for itself.
      closeOnEscape={!busy}
      size="sm"
      title={`${label} of ${countOf(kind, count)}`}
    >
      <form
        onSubmit={(event) => {
          event.preventDefault()
          if (action) onAnswer(action)
        }}
      >
        <Stack>
          <FieldInput
            field={field}
            look={lookOf(field)}
            value={value}
            onChange={setValue}
            onReadable={setReadable}
          />
          {isLost && <LostReasonInput value={lostReason} onChange={setLostReason} />}
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              Cancel
            </Button>
            <Button type="submit" disabled={!action} loading={busy}>
              Change
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  )
}

function lookOf({ kind, label, filled }: WrittenField): InputLook {
  if (kind === 'person') return { focused: true, placeholder: 'Nobody' }
  const mayBeEmpty = kind !== 'tags' && kind !== 'reference' && !filled
  return {
    focused: true,
    ...(mayBeEmpty ? { description: `Leave it empty to clear the ${label.toLowerCase()}.` } : {}),
  }
}

/** Whether a stage was selected in which leads are lost, which asks for the reason. */
function useIsLost(field: WrittenField, value: FieldValue): boolean {
  const isStage = field.of === 'stage'
  const pipelines = useQuery({ ...api.pipeline.list.queryOptions(), enabled: isStage }).data
  const stages = pipelines?.flatMap((pipeline) => pipeline.stages) ?? []
  return isReference(value) && stages.some(({ id, kind }) => id === value.id && kind === 'lost')
}
