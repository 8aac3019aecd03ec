/** What can be done with the chosen rows, floating below the list while any are chosen. */
import { ActionBar, Button, Menu, Text } from '@mantine/core'
import {
  IconChevronDown,
  IconDownload,
  IconPencil,
  IconStairs,
  IconTag,
  IconTagOff,
  IconTrash,
  IconUserShare,
} from '@tabler/icons-react'
import { useMutation } from '@tanstack/react-query'
import { Fragment, type ReactNode, useState } from 'react'
import type { Priority } from '../../../contract/kernel/words'
import type { PageKind } from '../../app/records'
import { useMay } from '../../app/session'
import type { WrittenField } from '../fields'
import { PriorityText } from '../PriorityText'
import { type Asking, BulkQuestion } from './BulkQuestion'
import type { BulkAction } from './definition'

export interface BulkBarProps {
  kind: PageKind
  /** What can be changed for all of them. */
  fields: readonly WrittenField[]
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
  const choices = fields.filter((field) => field.kind === 'choice')
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
        {mayWrite && fields.length > 0 && (
          <Menu position="top">
            <Menu.Target>
              <Button variant="default" rightSection={<IconChevronDown size={14} />}>
                Change
              </Button>
            </Menu.Target>
            <Menu.Dropdown>
              {fields.flatMap(questionsOf).map((question) => (
                <Menu.Item
                  key={question.label}
                  leftSection={<question.icon size={15} />}
                  onClick={() => setAsking(question)}
                >
                  {question.label}
                </Menu.Item>
              ))}
              {choices.map((field) => (
                <Fragment key={field.name}>
                  <Menu.Divider />
                  <Menu.Label>{field.label}</Menu.Label>
                  {field.choices?.map(({ value, label }) => (
                    <Menu.Item
                      key={value}
                      onClick={() =>
                        act.mutate({ type: 'update', patch: { [field.written]: value } })
                      }
                    >
                      {field.name === 'priority' ? (
                        <PriorityText priority={value as Priority} />
                      ) : (
                        label
                      )}
                    </Menu.Item>
                  ))}
                </Fragment>
              ))}
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
        <BulkQuestion
          asking={asking}
          kind={kind}
          count={count}
          busy={act.isPending}
          onClose={() => setAsking(null)}
          onAnswer={(action) => act.mutate(action)}
        />
      )}
    </>
  )
}

/** Choices are taken from the menu; all else is asked for. */
function questionsOf(field: WrittenField): Asking[] {
  const label = field.label.toLowerCase()
  switch (field.kind) {
    case 'choice':
      return []
    case 'tags':
      return [
        { label: 'Add tags', icon: IconTag, field, tags: 'addTags' },
        { label: 'Remove tags', icon: IconTagOff, field, tags: 'removeTags' },
      ]
    case 'person':
      return [{ label: `Change ${label}`, icon: IconUserShare, field }]
    case 'reference':
      return [
        field.of === 'stage'
          ? { label: 'Move to stage', icon: IconStairs, field }
          : { label: `Change ${label}`, icon: IconPencil, field },
      ]
    default:
      return [{ label: `Set ${label}`, icon: IconPencil, field }]
  }
}
