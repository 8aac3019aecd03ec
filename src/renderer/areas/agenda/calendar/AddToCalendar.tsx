/** The menu entry that hands an activity to another calendar, as a file. */
import { Menu } from '@mantine/core'
import { IconCalendarShare } from '@tabler/icons-react'
import { useMutation } from '@tanstack/react-query'
import { client } from '../../../api'
import type { ShownRecord } from '../../../app/recordParts'
import { saveFile } from '../../../ui/saveFile'

export function AddToCalendar({ record }: { record: ShownRecord<'activity'> }) {
  const download = useMutation({
    mutationFn: async () =>
      saveFile(await client.calendar.activity({ id: record.id }), 'activity.ics'),
  })
  return (
    <Menu.Item leftSection={<IconCalendarShare size={15} />} onClick={() => download.mutate()}>
      Add to calendar (.ics)
    </Menu.Item>
  )
}
