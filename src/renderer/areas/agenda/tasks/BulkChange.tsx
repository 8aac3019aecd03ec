/** Changes assignee, priority, type or status of the selected tasks. */
import { Button, Menu, Modal, Stack } from '@mantine/core'
import { IconChevronDown, IconUserShare } from '@tabler/icons-react'
import { useState } from 'react'
import { type TaskStatus, type TaskType, taskTypes } from '../../../../contract/agenda/words'
import type { Reference } from '../../../../contract/kernel/shapes'
import { type Priority, priorities } from '../../../../contract/kernel/words'
import { countOf } from '../../../app/records'
import { PriorityText } from '../../../ui/PriorityText'
import { ReferencePicker } from '../../../ui/ReferencePicker'
import { readable } from '../../../ui/readable'

export interface BulkChangeProps {
  count: number
  onPatch(patch: {
    assigneeId?: string | null
    priority?: Priority
    type?: TaskType
    status?: TaskStatus
  }): void
  onCancelTasks(): void
}

export function BulkChange({ count, onPatch, onCancelTasks }: BulkChangeProps) {
  const [asking, setAsking] = useState(false)
  const [assignee, setAssignee] = useState<Reference | null>(null)
  return (
    <>
      <Menu position="top">
        <Menu.Target>
          <Button variant="default" rightSection={<IconChevronDown size={14} />}>
            Change
          </Button>
        </Menu.Target>
        <Menu.Dropdown mah={420} style={{ overflowY: 'auto' }}>
          <Menu.Item leftSection={<IconUserShare size={15} />} onClick={() => setAsking(true)}>
            Change assignee
          </Menu.Item>
          <Menu.Item onClick={() => onPatch({ status: 'in_progress' })}>
            Mark as in progress
          </Menu.Item>
          <Menu.Item onClick={onCancelTasks}>Cancel them</Menu.Item>
          <Menu.Divider />
          <Menu.Label>Priority</Menu.Label>
          {priorities.map((priority) => (
            <Menu.Item key={priority} onClick={() => onPatch({ priority })}>
              <PriorityText priority={priority} />
            </Menu.Item>
          ))}
          <Menu.Divider />
          <Menu.Label>Type</Menu.Label>
          {taskTypes.map((type) => (
            <Menu.Item key={type} onClick={() => onPatch({ type })}>
              {readable(type)}
            </Menu.Item>
          ))}
        </Menu.Dropdown>
      </Menu>
      {asking && (
        <Modal
          opened
          onClose={() => setAsking(false)}
          size="sm"
          title={`Change assignee of ${countOf('task', count)}`}
        >
          <form
            onSubmit={(event) => {
              event.preventDefault()
              setAsking(false)
              onPatch({ assigneeId: assignee?.id ?? null })
            }}
          >
            <Stack>
              <ReferencePicker
                of="user"
                label="Assignee"
                placeholder="Nobody"
                autoFocus
                value={assignee}
                onChange={setAssignee}
              />
              <Button type="submit">Change</Button>
            </Stack>
          </form>
        </Modal>
      )}
    </>
  )
}
