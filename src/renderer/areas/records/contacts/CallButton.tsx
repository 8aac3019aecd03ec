/** The button on a contact's page that calls them. */
import { Button } from '@mantine/core'
import { IconPhone } from '@tabler/icons-react'
import { phoneLink } from '../../../../contract/kernel/phones'
import type { ShownRecord } from '../../../app/recordParts'

export function CallButton({ record: { row } }: { record: ShownRecord<'contact'> }) {
  const phone = row.phone ?? row.mobile
  if (!phone) return null
  return (
    <Button
      component="a"
      href={phoneLink(phone, row.phone ? row.phoneNumber : row.mobileNumber)}
      variant="default"
      leftSection={<IconPhone size={15} />}
    >
      Call
    </Button>
  )
}
