/** What can be done with the chosen rows, floating below the list while any are chosen. */
import { ActionBar, Button, Group, Menu, Modal, Stack, Text, TextInput } from '@mantine/core'
import {
  IconChevronDown,
  IconDownload,
  IconFlag,
  IconStairs,
  IconTag,
  IconTagOff,
  IconTrash,
  IconUserShare,
  IconWorld,
} from '@tabler/icons-react'
import { useMutation, useQuery } from '@tanstack/react-query'
import { type ReactNode, useState } from 'react'
import type { Reference } from '../../../contract/kernel/shapes'
import { priorities } from '../../../contract/kernel/words'
import { api } from '../../api'
import { countOf, type PageKind } from '../../app/records'
import { useMay } from '../../app/session'
import { LostReasonInput } from '../LostReasonInput'
import { PriorityText } from '../PriorityText'
import { ReferencePicker } from '../ReferencePicker'
import { TagInput } from '../Tags'
import type { BulkAction, BulkFields } from './definition'

export interface BulkBarProps {
  kind: PageKind
  fields: BulkFields
  /** Rows chosen. */
  count: number
  /** Rows the filter lets through. */
  total: number
  /** All that match are chosen, loaded or not. */
  everything: boolean
  onEverything(): void
  onClear(): void
  onAct: ((action: BulkAction) => Promise<unknown>) | undefined
  /** Further buttons. */
  more?: ReactNode
  onExport: (() => void) | undefined
}

type Asking = 'owner' | 'stage' | 'source' | 'addTags' | 'removeTags'

export function BulkBar(props: BulkBarProps) {
  const { kind, fields, count, total, everything, onEverything, onClear, onAct, onExport, more } =
    props
  const mayWrite = useMay('write') && onAct !== undefined
  const [asking, setAsking] = useState<Asking | null>(null)
  const act = useMutation({
    mutationFn: async (action: BulkAction) => onAct?.(action),
    onSuccess: () => {
      setAsking(null)
      onClear()
    },
  })
  const items: { key: Asking; label: string; icon: ReactNode; shown: boolean }[] = [
    {
      key: 'owner',
      label: 'Change owner',
      icon: <IconUserShare size={15} />,
      shown: fields.owner === true,
    },
    {
      key: 'stage',
      label: 'Move to stage',
      icon: <IconStairs size={15} />,
      shown: fields.stage === true,
    },
    {
      key: 'source',
      label: 'Set source',
      icon: <IconWorld size={15} />,
      shown: fields.source === true,
    },
    { key: 'addTags', label: 'Add tags', icon: <IconTag size={15} />, shown: fields.tags === true },
    {
      key: 'removeTags',
      label: 'Remove tags',
      icon: <IconTagOff size={15} />,
      shown: fields.tags === true,
    },
  ]
  return (
    <>
      <ActionBar opened={count > 0} onClose={onClear} aria-label="With the selected rows">
        <Text size="sm" fw={600} className="tabular">
          {count.toLocaleString()} selected
        </Text>
        {!everything && count < total && (
          <Button variant="subtle" onClick={onEverything}>
            Select all {total.toLocaleString()}
          </Button>
        )}
        <ActionBar.Divider />
        {mayWrite && items.some(({ shown }) => shown) && (
          <Menu position="top">
            <Menu.Target>
              <Button variant="default" rightSection={<IconChevronDown size={14} />}>
                Change
              </Button>
            </Menu.Target>
            <Menu.Dropdown>
              {items
                .filter(({ shown }) => shown)
                .map(({ key, label, icon }) => (
                  <Menu.Item key={key} leftSection={icon} onClick={() => setAsking(key)}>
                    {label}
                  </Menu.Item>
                ))}
              {fields.priority && (
                <>
                  <Menu.Divider />
                  <Menu.Label>
                    <Group gap={6}>
                      <IconFlag size={13} /> Priority
                    </Group>
                  </Menu.Label>
                  {priorities.map((priority) => (
                    <Menu.Item
                      key={priority}
                      onClick={() => act.mutate({ type: 'update', patch: { priority } })}
                    >
                      <PriorityText priority={priority} />
                    </Menu.Item>
                  ))}
                </>
              )}
            </Menu.Dropdown>
          </Menu>
        )}
        {more}
        {onExport && (
          <Button variant="default" leftSection={<IconDownload size={15} />} onClick={onExport}>
            Export
          </Button>
        )}
        {mayWrite && (
          <Button
            variant="default"
            leftSection={<IconTrash size={15} />}
            loading={act.isPending && act.variables.type === 'delete'}
            onClick={() => act.mutate({ type: 'delete' })}
          >
            Delete
          </Button>
        )}
        <ActionBar.CloseButton aria-label="Clear selection" />
      </ActionBar>
      {asking && (
        <Modal
          opened
          onClose={() => setAsking(null)}
          // A question that came of it takes Esc for itself.
          closeOnEscape={!act.isPending}
          size="sm"
          title={`${items.find(({ key }) => key === asking)?.label} of ${countOf(kind, count)}`}
        >
          <Question
            asking={asking}
            busy={act.isPending}
            onCancel={() => setAsking(null)}
            onAnswer={(action) => act.mutate(action)}
          />
        </Modal>
      )}
    </>
  )
}

interface QuestionProps {
  asking: Asking
  busy: boolean
  onCancel(): void
  onAnswer(action: BulkAction): void
}

/** One field and one button: asks for the value a bulk change needs. */
function Question({ asking, busy, onCancel, onAnswer }: QuestionProps) {
  const [reference, setReference] = useState<Reference | null>(null)
  const [tags, setTags] = useState<string[]>([])
  const [text, setText] = useState('')
  const pipelines = useQuery({ ...api.pipeline.list.queryOptions(), enabled: asking === 'stage' })
  const stage = pipelines.data
    ?.flatMap((pipeline) => pipeline.stages)
    .find(({ id }) => id === reference?.id)
  const answer = (): BulkAction | null => {
    switch (asking) {
      case 'owner':
        return { type: 'update', patch: { ownerId: reference?.id ?? null } }
      case 'stage':
        if (!reference) return null
        return {
          type: 'update',
          patch: {
            stageId: reference.id,
            ...(stage?.kind === 'lost' && text ? { lostReason: text } : {}),
          },
        }
      case 'source':
        return { type: 'update', patch: { source: text.trim() || null } }
      default:
        return tags.length > 0 ? { type: asking, tags } : null
    }
  }
  const action = answer()
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        if (action) onAnswer(action)
      }}
    >
      <Stack>
        {asking === 'owner' && (
          <ReferencePicker
            of="user"
            label="Owner"
            placeholder="Nobody"
            value={reference}
            onChange={setReference}
            autoFocus
          />
        )}
        {asking === 'stage' && (
          <ReferencePicker
            of="stage"
            label="Stage"
            value={reference}
            onChange={setReference}
            autoFocus
          />
        )}
        {stage?.kind === 'lost' && <LostReasonInput value={text} onChange={setText} />}
        {asking === 'source' && (
          <TextInput
            label="Source"
            description="Left empty, the source is taken away."
            data-autofocus
            value={text}
            onChange={(event) => setText(event.currentTarget.value)}
          />
        )}
        {(asking === 'addTags' || asking === 'removeTags') && (
          <TagInput label="Tags" data-autofocus value={tags} onChange={setTags} />
        )}
        <Group justify="flex-end">
          <Button variant="default" onClick={onCancel}>
            Cancel
          </Button>
          <Button type="submit" disabled={!action} loading={busy}>
            Change
          </Button>
        </Group>
      </Stack>
    </form>
  )
}
