/** What can be done with an activity that somebody logged, as items of its menu. */
import { Menu } from '@mantine/core'
import { IconArrowBackUp, IconCheck, IconPencil, IconTrash } from '@tabler/icons-react'
import { useMutation } from '@tanstack/react-query'
import type { Activity } from '../../../../contract/timeline/activities'
import { api } from '../../../api'
import { shownRecord } from '../../../app/recordParts'
import { RecordParts } from '../../../ui/record/RecordParts'
import { isOpen } from './due'

export interface ActivityMenuItemsProps {
  activity: Activity
  name: string
  onEdit(): void
}

export function ActivityMenuItems({ activity, name, onEdit }: ActivityMenuItemsProps) {
  const remove = useMutation(api.activities.remove.mutationOptions())
  const reopen = useMutation(api.activities.reopen.mutationOptions())
  const complete = useMutation(api.activities.complete.mutationOptions())
  return (
    <>
      <Menu.Item leftSection={<IconPencil size={15} />} onClick={onEdit}>
        Edit
      </Menu.Item>
      {isOpen(activity) && (
        <Menu.Item
          leftSection={<IconCheck size={15} />}
          onClick={() => complete.mutate({ id: activity.id })}
        >
          Complete
        </Menu.Item>
      )}
      {activity.completedAt !== null && (
        <Menu.Item
          leftSection={<IconArrowBackUp size={15} />}
          onClick={() => reopen.mutate({ id: activity.id })}
        >
          Reopen
        </Menu.Item>
      )}
      <RecordParts place="timelineMenu" record={shownRecord('activity', activity, name)} />
      <Menu.Item
        leftSection={<IconTrash size={15} />}
        onClick={() => remove.mutate({ id: activity.id })}
      >
        Delete
      </Menu.Item>
    </>
  )
}
