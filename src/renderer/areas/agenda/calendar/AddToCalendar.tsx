/** The menu entry that hands an activity to another calendar, as a file. */
import { Menu } from '@mantine/core'
import { IconCalendarShare } from '@tabler/icons-react'
import { useMutation } from '@tanstack/react-query'
import type { Activity } from '../../../../contract/timeline/activities'
import { client } from '../../../api'
import { saveFile } from '../../../ui/saveFile'

/** Nothing for an activity that has no place in a calendar. */
export function AddToCalendar({ activity }: { activity: Activity }) {
  const download = useMutation({
    mutationFn: async () =>
      saveFile(await client.calendar.activity({ id: activity.id }), 'activity.ics'),
  })
  if (!activity.scheduledAt && !activity.dueAt && !activity.durationMinutes) return null
  return (
    <Menu.Item leftSection={<IconCalendarShare size={15} />} onClick={() => download.mutate()}>
      Add to calendar (.ics)
    </Menu.Item>
  )
}
