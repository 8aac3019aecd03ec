/** The button on a record's page that opens an e-mail to its person. */
import { Button } from '@mantine/core'
import { IconMail } from '@tabler/icons-react'
import { Suspense, useState } from 'react'
import { lazyPart } from '../../../app/parts'
import type { ShownRecord } from '../../../app/recordParts'
import { useMay } from '../../../app/session'

const SendEmail = lazyPart(async () => ({ default: (await import('./SendEmail')).SendEmail }))

export function SendEmailButton({ record }: { record: ShownRecord<'lead' | 'contact'> }) {
  const { kind, id } = record
  const mayWrite = useMay('write')
  const [open, setOpen] = useState(false)
  if (!mayWrite) return null
  return (
    <>
      <Button variant="default" leftSection={<IconMail size={15} />} onClick={() => setOpen(true)}>
        Send e-mail
      </Button>
      {open && (
        <Suspense>
          <SendEmail
            about={kind === 'lead' ? { leadId: id } : { contactId: id }}
            onClose={() => setOpen(false)}
          />
        </Suspense>
      )}
    </>
  )
}
