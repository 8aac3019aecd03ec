/** The button over selected rows that hands them to another calendar, as one file. */
import { Button } from '@mantine/core'
import { IconCalendarShare } from '@tabler/icons-react'
import { useMutation } from '@tanstack/react-query'
import { client } from '../../../api'
import type { BulkActionProps } from '../../../app/bulkActions'
import { useMay } from '../../../app/session'
import { idsOfTarget } from '../../../ui/list/target'
import { saveFile } from '../../../ui/saveFile'

/** Those without a time are left out. */
export function CalendarExport({ idsOf }: { idsOf(): Promise<string[]> }) {
  const mayExport = useMay('export')
  const download = useMutation({
    mutationFn: async () =>
      saveFile(await client.calendar.export({ ids: await idsOf() }), 'rapport.ics'),
  })
  if (!mayExport) return null
  return (
    <Button
      variant="default"
      leftSection={<IconCalendarShare size={15} />}
      loading={download.isPending}
      onClick={() => download.mutate()}
    >
      To calendar (.ics)
    </Button>
  )
}

export function ActivitiesExport({ target }: BulkActionProps<'activity'>) {
  return <CalendarExport idsOf={() => idsOfTarget(target, client.activities.list)} />
}
