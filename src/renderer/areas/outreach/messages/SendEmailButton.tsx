/** The button on a record's page that opens an e-mail to its person. */
import { Button } from '@mantine/core'
import { IconMail } from '@tabler/icons-react'
import { Suspense, useState } from 'react'
import { lazyPart } from '../../../app/parts'
import { useMay } from '../../../app/session'
import type { SendEmailProps } from './SendEmail'

const SendEmail = lazyPart(async () => ({ default: (await import('./SendEmail')).SendEmail }))

export function SendEmailButton({ about }: Pick<SendEmailProps, 'about'>) {
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
          <SendEmail about={about} onClose={() => setOpen(false)} />
        </Suspense>
      )}
    </>
  )
}
